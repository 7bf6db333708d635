/** A program that people run as a service, and how it shows on a machine. */
export interface Product {
  readonly name: string;
  /** Kind of the service that it becomes. */
  readonly kind: string;
  /** Names of its processes, as the kernel keeps them: at most 15 characters. */
  readonly processes?: RegExp;
  /** Ports that tell it where no process is told, or one that could be anything. */
  readonly tcp?: readonly number[];
  readonly udp?: readonly number[];
  /** What a person may have called it; in a declared name or kind it counts as this one. */
  readonly words: RegExp;
  /** Each port is an instance of its own, as two databases on one machine are. */
  readonly instances?: true;
  /** The same on each machine that has it: one service that runs on all of them. */
  readonly everywhere?: true;
  /** Opens in a browser. */
  readonly web?: true;
}

const database = { kind: 'database', instances: true } as const;
const cache = { kind: 'cache', instances: true } as const;
const monitoring = { kind: 'monitoring', web: true } as const;
const proxy = { kind: 'proxy', web: true } as const;
const media = { kind: 'media', web: true } as const;

/**
 * What is told apart by name. The order counts where two share a port: the first is taken. Processes
 * come before ports, since a port can be given to anything.
 */
export const products: readonly Product[] = [
  {
    name: 'PostgreSQL',
    ...database,
    processes: /^(postgres|postmaster)/,
    tcp: [5432, 5433],
    words: /postgres/i,
  },
  { name: 'PgBouncer', ...database, processes: /^pgbouncer/, tcp: [6432], words: /pgbouncer/i },
  {
    name: 'MariaDB',
    ...database,
    processes: /^mariadbd/,
    words: /mariadb|mysql/i,
  },
  {
    name: 'MySQL',
    ...database,
    processes: /^mysqld/,
    tcp: [3306],
    words: /mysql|mariadb/i,
  },
  { name: 'MongoDB', ...database, processes: /^mongo[ds]$/, tcp: [27017], words: /mongo/i },
  { name: 'InfluxDB', ...database, processes: /^influxd/, tcp: [8086], words: /influx/i },
  { name: 'Redis', ...cache, processes: /^redis-server/, tcp: [6379], words: /redis/i },
  { name: 'Valkey', ...cache, processes: /^valkey-server/, words: /valkey|redis/i },
  { name: 'Memcached', ...cache, processes: /^memcached/, tcp: [11211], words: /memcache/i },
  {
    name: 'Elasticsearch',
    kind: 'search',
    processes: /^elasticsearch/,
    tcp: [9200],
    words: /elastic|opensearch/i,
  },
  {
    name: 'K3s',
    kind: 'cluster',
    processes: /^k3s/,
    words: /k3s|kubernetes|k8s/i,
    everywhere: true,
  },
  {
    name: 'Kubernetes',
    kind: 'cluster',
    processes: /^kube(let|-|$)/,
    tcp: [6443],
    words: /kubernetes|k8s|k3s/i,
    everywhere: true,
  },
  {
    name: 'etcd',
    kind: 'database',
    processes: /^etcd/,
    tcp: [2379, 2380],
    words: /etcd|k3s|kubernetes/i,
    everywhere: true,
  },
  {
    name: 'Docker API',
    kind: 'containers',
    processes: /^dockerd/,
    tcp: [2375, 2376],
    words: /docker/i,
    everywhere: true,
  },
  {
    name: 'node_exporter',
    kind: 'monitoring',
    processes: /^(node_exporter|prometheus-node)/,
    tcp: [9100],
    words: /node.?exporter/i,
    everywhere: true,
  },
  {
    name: 'cAdvisor',
    kind: 'monitoring',
    processes: /^cadvisor/,
    words: /cadvisor/i,
    everywhere: true,
  },
  {
    name: 'Prometheus',
    ...monitoring,
    processes: /^prometheus$/,
    tcp: [9090],
    words: /prometheus|monitoring/i,
  },
  {
    name: 'Alertmanager',
    ...monitoring,
    processes: /^alertmanager/,
    tcp: [9093],
    words: /alertmanager/i,
  },
  { name: 'Grafana', ...monitoring, processes: /^grafana/, words: /grafana|monitoring/i },
  { name: 'Loki', kind: 'monitoring', processes: /^loki/, tcp: [3100], words: /loki/i },
  { name: 'Uptime Kuma', ...monitoring, words: /uptime.?kuma/i },
  { name: 'Netdata', ...monitoring, processes: /^netdata/, tcp: [19999], words: /netdata/i },
  { name: 'Gitea', kind: 'forge', web: true, processes: /^gitea/, words: /gitea|forge/i },
  { name: 'Forgejo', kind: 'forge', web: true, processes: /^forgejo/, words: /forgejo|forge/i },
  { name: 'nginx', ...proxy, processes: /^nginx/, words: /nginx|ingress|proxy|\bweb\b/i },
  { name: 'Traefik', ...proxy, processes: /^traefik/, words: /traefik|ingress|proxy/i },
  { name: 'Caddy', ...proxy, processes: /^caddy/, words: /caddy|ingress|proxy|\bweb\b/i },
  { name: 'HAProxy', ...proxy, processes: /^haproxy/, words: /haproxy|ingress|proxy/i },
  { name: 'Apache', ...proxy, processes: /^(apache2|httpd)/, words: /apache|\bweb\b/i },
  { name: 'lighttpd', ...proxy, processes: /^lighttpd/, words: /lighttpd|\bweb\b/i },
  {
    name: 'DHCP',
    kind: 'dhcp',
    processes: /^(dhcpd|kea-dhcp)/,
    udp: [67, 547],
    words: /dhcp|dnsmasq/i,
  },
  {
    name: 'DNS',
    kind: 'dns',
    processes: /^(named|unbound|dnsmasq|pdns|knotd?|coredns|pihole-FTL|AdGuardHome|blocky)/,
    tcp: [53],
    udp: [53],
    words: /\bdns\b|unbound|dnsmasq|pi-?hole|adguard|\bbind9?\b/i,
  },
  {
    name: 'NFS',
    kind: 'storage',
    processes: /^(nfsd|ganesha)/,
    tcp: [2049],
    words: /nfs|nas\b|storage|share/i,
  },
  {
    name: 'SMB',
    kind: 'storage',
    processes: /^smbd/,
    tcp: [445, 139],
    words: /smb|samba|cifs|share/i,
  },
  {
    name: 'iSCSI',
    kind: 'storage',
    processes: /^(tgtd|iscsi)/,
    tcp: [3260],
    words: /iscsi|storage/i,
  },
  { name: 'MinIO', kind: 'storage', web: true, processes: /^minio/, words: /minio|\bs3\b|object/i },
  { name: 'Ceph', kind: 'storage', processes: /^ceph-/, tcp: [6789, 3300], words: /ceph/i },
  { name: 'Mosquitto', kind: 'messaging', processes: /^mosquitto/, words: /mosquitto|mqtt/i },
  { name: 'MQTT', kind: 'messaging', tcp: [1883, 8883], words: /mqtt|mosquitto/i },
  { name: 'RabbitMQ', kind: 'messaging', processes: /^rabbitmq/, tcp: [5672], words: /rabbit/i },
  { name: 'NATS', kind: 'messaging', processes: /^nats-server/, tcp: [4222], words: /\bnats\b/i },
  { name: 'Ollama', kind: 'ai', processes: /^ollama/, tcp: [11434], words: /ollama|model/i },
  { name: 'vLLM', kind: 'ai', processes: /^(vllm|VLLM)/, words: /vllm|model/i },
  { name: 'llama.cpp', kind: 'ai', processes: /^llama-server/, words: /llama|model/i },
  {
    name: 'Home Assistant',
    kind: 'app',
    web: true,
    processes: /^hass/,
    tcp: [8123],
    words: /home.?assistant|hass/i,
  },
  { name: 'Jellyfin', ...media, processes: /^jellyfin/, tcp: [8096], words: /jellyfin/i },
  { name: 'Plex', ...media, processes: /^Plex Media/, tcp: [32400], words: /plex/i },
  { name: 'Vault', kind: 'secrets', processes: /^vault/, tcp: [8200], words: /\bvault\b/i },
  {
    name: 'Proxmox VE',
    kind: 'virtualisation',
    web: true,
    processes: /^pveproxy/,
    tcp: [8006],
    words: /proxmox|pve/i,
  },
  { name: 'Print server', kind: 'printing', processes: /^cupsd/, tcp: [631], words: /cups|print/i },
  { name: 'SNMP', kind: 'monitoring', processes: /^snmpd/, words: /snmp/i, everywhere: true },
  {
    name: 'Mail',
    kind: 'mail',
    processes: /^(master|exim4?|smtpd|dovecot)$/,
    tcp: [25, 465, 587, 143, 993],
    words: /mail|smtp|postfix|imap/i,
  },
  { name: 'WireGuard', kind: 'vpn', udp: [51820], words: /wireguard|vpn/i },
  {
    name: 'OpenVPN',
    kind: 'vpn',
    processes: /^openvpn/,
    tcp: [1194],
    udp: [1194],
    words: /openvpn|vpn/i,
  },
  {
    name: 'Tailscale',
    kind: 'vpn',
    processes: /^tailscaled/,
    words: /tailscale|vpn/i,
    everywhere: true,
  },
  { name: 'NTP', kind: 'time', processes: /^(chronyd|ntpd)/, words: /\bntp\b|chrony|time/i },
  {
    name: 'Web server',
    ...proxy,
    tcp: [80, 443, 8080, 8443],
    words: /\bweb\b|ingress|proxy|nginx/i,
  },
];

/** Programs of one port of which a machine speaks for two services. */
export const dnsAndDhcp = /^(dnsmasq|pihole-FTL|AdGuardHome)/;

/** Part of every machine, or of no use to others. */
export const noise =
  /^(sshd|systemd|init$|dropbear|rpcbind|rpc\.|portmap|avahi|dhclient|dhcpcd|udhcpc|NetworkManager|containerd|conmon|slirp4netns|passt|lldpd|cockpit-ws|gdm|gvfs|cups-browsed|ntpdate|agetty|sudo|\(?sd-)/;

/** Runtimes that may run anything: their ports tell more than they do. */
export const runtimes =
  /^(python[\d.]*|node|java|ruby|php.*|perl|deno|bun|docker-proxy|rootlessport.*|dotnet|beam\.smp|gunicorn.*|uvicorn.*|main|server|app)$/;

/** What a container engine listens with in place of the containers whose ports it publishes. */
export const publishers = /^(docker-proxy|rootlessport)/;

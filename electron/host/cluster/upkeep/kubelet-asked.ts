/** For a look: prints `ok` where a kubelet works there, whoever has a tool to ask it. */
export const kubeletAsked =
  'if command -v curl >/dev/null; then curl -fsS -m 3 http://127.0.0.1:10248/healthz; else wget -q -T 3 -O - http://127.0.0.1:10248/healthz; fi 2>/dev/null; true';

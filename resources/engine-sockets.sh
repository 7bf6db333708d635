# Which sockets of container engines there are, and whether this user may use them. It looks only.
# Sent to `sh -s -- MARK SOCKET`: each line that counts begins with MARK, whatever a login shell prints.
# SOCKET, where it is not empty, is the only one looked for.
mark=$1
socket=$2
uid=$(id -u 2>/dev/null)
run=${XDG_RUNTIME_DIR:-/run/user/$uid}
look() {
  case $1 in '~/'*) set -- "$HOME/${1#??}" ;; esac
  if [ -S "$1" ]; then
    if [ -r "$1" ] && [ -w "$1" ]; then may=yes; else may=no; fi
    owner=$(stat -c '%U %G' "$1" 2>/dev/null) || owner='? ?'
    printf '%s socket %s %s %s\n' "$mark" "$may" "$owner" "$1"
  fi
}
printf '\n%s user %s\n' "$mark" "$(id -un 2>/dev/null || echo "$uid")"
if [ -n "$socket" ]; then
  look "$socket"
else
  look /var/run/docker.sock
  look "$run/docker.sock"
  look "$HOME/.docker/run/docker.sock"
  look /run/podman/podman.sock
  look "$run/podman/podman.sock"
fi
for program in dockerd podman; do
  if command -v "$program" >/dev/null 2>&1 || [ -x "/usr/sbin/$program" ]; then
    printf '%s program %s\n' "$mark" "$program"
  fi
done
# sshd says of a socket that it forbids only that it cannot be reached.
if grep -Eiqs '^[[:space:]]*(AllowStreamLocalForwarding[[:space:]]+(no|remote)|DisableForwarding[[:space:]]+yes)' \
  /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf; then
  printf '%s forbids sockets\n' "$mark"
fi
printf '%s end\n' "$mark"

#!/bin/sh
# Answers as nvidia-smi from recorded values: the queries, the list and the plain table. Whoever holds
# the memory is a real process of a container, where one runs.
data=/usr/share/rack/nvidia
query='' from='' format=''
while [ $# -gt 0 ]; do
  case $1 in
    --query-gpu=*) from=gpu query=${1#*=} ;;
    --query-compute-apps=*) from=process query=${1#*=} ;;
    --format=*) format=${1#*=} ;;
    -i | --id) shift ;;
    --id=*) ;;
    -L | --list-gpus) exec cat "$data/list" ;;
    *)
      echo "Invalid combination of input arguments. Please run 'nvidia-smi -h' for help." >&2
      exit 1
      ;;
  esac
  shift
done
if [ -z "$from" ]; then
  date '+%a %b %e %H:%M:%S %Y       '
  exec cat "$data/plain"
fi
case ,$format, in
  *,csv,*) ;;
  *)
    echo '"--format=" switch is missing, and is required' >&2
    exit 1
    ;;
esac
pid=
if [ "$from" = process ]; then
  holder=$(grep -ls -e ':/docker/[0-9a-f]' /proc/[0-9]*/cgroup | head -n 1)
  pid=${holder#/proc/} pid=${pid%/cgroup}
fi
exec awk -F '\t' -v query="$query" -v format=",$format," -v pid="$pid" '
  { value[$1] = $2 }
  $1 == "pid" && pid != "" { value[$1] = pid }
  END {
    n = split(query, field, / *, */)
    for (i = 1; i <= n; i++) {
      name = field[i]
      if (!(name in value)) {
        printf "Field \"%s\" is not a valid field to query.\n", name
        exit 2
      }
      one = value[name]
      unit = ""
      if (match(one, / (MiB|W|MHz|%)$/)) unit = substr(one, RSTART + 1)
      if (unit != "" && format ~ /,nounits,/) one = substr(one, 1, length(one) - length(unit) - 1)
      line = line (i > 1 ? ", " : "") one
      head = head (i > 1 ? ", " : "") name (unit == "" ? "" : " [" unit "]")
    }
    if (format !~ /,noheader,/) print head
    print line
  }
' "$data/$from"

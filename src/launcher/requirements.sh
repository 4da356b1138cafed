# shellcheck shell=bash
# What a machine must be and have before anything is installed on it.

least_memory_mib=2048
least_disk_mib=1024
least_disk_to_build_mib=4096

memory_mib() {
  local kib limit
  kib=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
  if [ "$limit" != max ] && [ $((limit / 1024)) -lt "$kib" ]; then
    kib=$((limit / 1024))
  fi
  echo $((kib / 1024))
}

free_disk_mib() {
  local folder=$1
  while [ ! -d "$folder" ]; do
    folder=$(dirname "$folder")
  done
  df -Pm "$folder" | awk 'NR == 2 { print $4 }'
}

check_machine() {
  step 'This machine'
  [ "$(uname -s)" = Linux ] || fail "it runs $(uname -s)" 'Kvasir runs on Linux (Debian 12 or 13).'
  case $(uname -m) in
    x86_64 | aarch64) ;;
    *) fail "its processor is $(uname -m)" 'The engine (ONNX Runtime) exists for x86_64 and aarch64 only.' ;;
  esac
  local memory disk need=$least_disk_mib
  memory=$(memory_mib)
  [ "$memory" -ge "$least_memory_mib" ] ||
    fail "it has $memory MiB of memory" "Kvasir needs $least_memory_mib MiB."
  built || need=$least_disk_to_build_mib
  disk=$(free_disk_mib "$data")
  [ "$disk" -ge "$need" ] ||
    fail "$disk MiB are free where $data lies" "Kvasir needs $need MiB there; free some, or set KVASIR_DATA_DIR."
  disk=$(free_disk_mib "$target")
  [ "$disk" -ge "$need" ] ||
    fail "$disk MiB are free where $root lies" "Kvasir needs $need MiB there to be built."
}

# Whether a program listens on a port of loopback.
port_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Whether a version is at least another: 0.8.6 0.8.4
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

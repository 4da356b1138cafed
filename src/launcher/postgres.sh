# shellcheck shell=bash
# The private PostgreSQL: installed, made, started and stopped; the system's own is left alone.

least_postgres=15
first_postgres_port=54320
postgres_home=$data/postgres
postgres_log=$logs/postgres.log
cluster=$postgres_home/data
database_url_file=$data/database.url

# The folder of PostgreSQL's programs: of the cluster's version, else the newest there is.
postgres_programs() {
  local version='' folder
  [ ! -r "$postgres_home/version" ] || version=$(cat "$postgres_home/version")
  if [ -n "$version" ]; then
    echo "/usr/lib/postgresql/$version/bin"
    return
  fi
  for folder in $(find /usr/lib/postgresql -maxdepth 1 -mindepth 1 2>/dev/null | sort -rV); do
    if [ -x "$folder/bin/initdb" ] && [ "${folder##*/}" -ge "$least_postgres" ]; then
      echo "$folder/bin"
      return
    fi
  done
}

# Runs a program of PostgreSQL as the user that owns the cluster, never as root.
as_postgres() (
  cd /
  if [ "$(id -u)" -eq 0 ]; then
    exec runuser -u postgres -- "$@"
  fi
  exec "$@"
)

ensure_postgres() {
  step 'PostgreSQL'
  local programs
  programs=$(postgres_programs)
  if [ -n "$programs" ] && [ ! -x "$programs/initdb" ]; then
    apt_install "postgresql-$(cat "$postgres_home/version")"
  elif [ -z "$programs" ]; then
    # Debian's package would make and start a cluster of its own, which nobody asked for.
    local own=/etc/postgresql-common/createcluster.d/kvasir.conf fresh=''
    if [ ! -e /usr/share/postgresql-common/pg_wrapper ]; then
      fresh=1
      as_root mkdir -p "${own%/*}"
      echo 'create_main_cluster = false' | as_root tee "$own" >/dev/null
    fi
    apt_install postgresql
    [ -z "$fresh" ] || as_root rm -f "$own"
    programs=$(postgres_programs)
    [ -n "$programs" ] ||
      fail "Debian's package brought none of version $least_postgres or newer" 'Debian 12 and 13 have one.'
    done_step "installed $(basename "$(dirname "$programs")")"
  fi
}

# Settings measured to matter, by the memory there is.
write_postgres_settings() {
  local port=$1 memory
  memory=$(memory_mib)
  as_postgres tee "$cluster/kvasir.conf" >/dev/null <<SETTINGS
# Written by the launcher at every start.
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 60
shared_buffers = $(between 128 $((memory / 8)) 2048)MB
maintenance_work_mem = $(between 64 $((memory / 16)) 1024)MB
work_mem = $(between 16 $((memory / 128)) 64)MB
effective_cache_size = $(between 256 $((memory / 2)) 16384)MB
random_page_cost = 1.1
jit = off
max_wal_size = $(between 1024 $((memory / 4)) 8192)MB
log_min_messages = warning
SETTINGS
}

between() {
  local value=$2
  [ "$value" -ge "$1" ] || value=$1
  [ "$value" -le "$3" ] || value=$3
  echo "$value"
}

make_cluster() {
  local programs password
  if [ -r "$postgres_home/version" ]; then
    [ -s "$database_url_file" ] ||
      fail "there is a cluster in $postgres_home, but its password ($database_url_file) is gone" \
        'Put that file back from a backup, or move the cluster away to begin anew.'
    return
  fi
  programs=$(postgres_programs)
  progress 'making a cluster'
  rm -rf "${postgres_home:?}"
  mkdir -p "$postgres_home"
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres: "$postgres_home"
    as_postgres test -w "$postgres_home" ||
      fail "the user postgres cannot reach $data" \
        'PostgreSQL refuses to run as root. Set KVASIR_DATA_DIR to a folder outside of /root.'
  fi
  password=$(od -An -N 24 -tx1 /dev/urandom | tr -d ' \n')
  (umask 077 && printf '%s' "$password" | as_postgres tee "$postgres_home/password" >/dev/null)
  if ! as_postgres "$programs/initdb" -D "$cluster" -U kvasir --pwfile="$postgres_home/password" \
    -A scram-sha-256 -E UTF8 --locale=C.UTF-8 >>"$logs/postgres-setup.log" 2>&1; then
    fail 'initdb could not make a cluster' "Details: $logs/postgres-setup.log"
  fi
  rm -f "$postgres_home/password"
  echo "include 'kvasir.conf'" | as_postgres tee -a "$cluster/postgresql.conf" >/dev/null
  (umask 077 && write_database_url "$password" "$first_postgres_port")
  basename "$(dirname "$programs")" >"$postgres_home/version"
}

write_database_url() {
  printf 'postgresql://kvasir:%s@127.0.0.1:%s/kvasir\n' "$1" "$2" >"$database_url_file"
}

database_port() {
  sed 's|.*:\([0-9]*\)/kvasir$|\1|' "$database_url_file"
}

database_password() {
  sed 's|^postgresql://kvasir:\([^@]*\)@.*|\1|' "$database_url_file"
}

postgres_runs() {
  [ -r "$postgres_home/version" ] &&
    as_postgres "$(postgres_programs)/pg_ctl" -D "$cluster" status >/dev/null 2>&1
}

start_postgres() {
  step 'PostgreSQL'
  make_cluster
  postgres_runs && return 0
  local port programs
  programs=$(postgres_programs)
  port=$(database_port)
  while port_taken "$port"; do
    port=$((port + 1))
    [ "$port" -lt $((first_postgres_port + 200)) ] ||
      fail "no port from $first_postgres_port on is free" 'Stop what listens there: ss -ltnp'
  done
  (umask 077 && write_database_url "$(database_password)" "$port")
  write_postgres_settings "$port"
  progress 'starting'
  as_postgres "$programs/pg_ctl" -D "$cluster" -w -t 120 start \
    > >(exec setsid "$root/src/launcher/keep-log.sh" "$postgres_log" "$most_log_bytes" >/dev/null 2>&1 9>&-) 2>&1 </dev/null 9>&- ||
    fail "it did not start: $(sleep 1 && grep -v '^pg_ctl' "$postgres_log" | tail -n 1)" "Details: $postgres_log"
  if [ ! -e "$postgres_home/ready" ]; then
    PGPASSWORD=$(database_password) "$programs/createdb" -h 127.0.0.1 -p "$port" -U kvasir kvasir \
      >>"$logs/postgres-setup.log" 2>&1 || fail 'its database could not be made' "Details: $logs/postgres-setup.log"
    : >"$postgres_home/ready"
  fi
  done_step "$(basename "$(dirname "$programs")") on port $port"
}

stop_postgres() {
  postgres_runs || return 0
  as_postgres "$(postgres_programs)/pg_ctl" -D "$cluster" -m fast -w -t 60 stop >/dev/null
}

# shellcheck shell=bash
# The server process: started in the background, waited for, stopped.

pid_file=$run_folder/server.pid
arguments_file=$run_folder/server.arguments
address_file=$run_folder/address
server_log=$logs/server.log
most_log_bytes=16777216
ready_within=600
# Longer than server.drain-seconds and the cancelling after it.
stop_within=60

# Runs a command of the program in this terminal.
run_program() {
  [ -f "$target/kvasir.jar" ] || {
    say_error 'it is not built yet; start it with ./kvasir up'
    exit 3
  }
  [ -z "$watched" ] || export KVASIR_LAUNCHER_TERMINAL=1
  local compiler=()
  # Clients of the server are over before the best compiler pays; what computes itself needs it.
  case $1 in
    ask | search | ingest | collections | memory | settings) compiler=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC) ;;
  esac
  exec env "${java_environment[@]}" \
    java "-Xmx$(heap_mib)m" "-XX:MaxDirectMemorySize=$(($(memory_mib) / 2))m" "${compiler[@]}" "${java_options[@]}" \
    -cp "$target/kvasir.jar:$target/lib/*" io.kvasir.Main "$@"
}

# Weights and the cache lie in huge pages, where the kernel gives them to who asks: a step reads all of
# them, and finding small pages can be a quarter of its time in a virtual machine. In one arena, because
# glibc does not ask for what others take.
java_environment=(ORT_DISABLE_TELEMETRY=1 OPT_OUT_TRACKING=true
  "GLIBC_TUNABLES=${GLIBC_TUNABLES:+$GLIBC_TUNABLES:}glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1")
java_options=(-Dai.djl.offline=true -Dfile.encoding=UTF-8 "-Djava.util.logging.config.file=$root/src/launcher/logging.properties")

heap_mib() {
  between 512 $(($(memory_mib) / 4)) 4096
}

# The process id of the running server, or nothing.
server_pid() {
  local pid
  pid=$(cat "$pid_file" 2>/dev/null) || return 1
  if [ -n "$pid" ] && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -q 'io.kvasir.Main serve'; then
    echo "$pid"
    return
  fi
  return 1
}

# Whether the process that was started is still there. Its command line would not do: that is empty for a
# moment while it becomes the server. What ended and nobody collected yet is in state Z.
server_lives() {
  local state
  state=$(sed 's/.*) \(.\).*/\1/' "/proc/$(cat "$pid_file")/stat" 2>/dev/null) || return
  [ -n "$state" ] && [ "$state" != Z ]
}

# What a GET of the server answers: the status first, then the body.
http_get() {
  local host=$1 port=$2 path=$3
  (
    exec 3<>"/dev/tcp/$host/$port" || exit 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\n\r\n' "$path" "$port" >&3
    timeout 10 cat <&3 | tr -d '\r' | awk 'NR == 1 { print $2 } body { print } /^$/ { body = 1 }'
  ) 2>/dev/null
}

server_ready() {
  [ "$(http_get "$probe_host" "$server_port" /api/health/ready | head -n 1)" = 200 ]
}

# Why a server that answered so will not become ready by itself, or nothing.
lasting_refusal() {
  sed -n '1 { /^409$/!q }; s/.*"detail":"\(\([^"\\]\|\\.\)*\)".*/\1/p' <<<"$1"
}

# Decides where the server listens: from the environment, from the file, or by default.
choose_address() {
  server_host=${KVASIR_HTTP_HOST:-$(written_setting http.host)}
  server_host=${server_host:-127.0.0.1}
  server_port=${KVASIR_HTTP_PORT:-$(written_setting http.port)}
  server_port=${server_port:-8080}
  probe_host=$server_host
  case $server_host in
    0.0.0.0 | :: | localhost) probe_host=127.0.0.1 ;;
  esac
}

# Everything that a running server would have to be restarted for.
server_arguments() {
  {
    cat "$build_stamp" "$data/kvasir.properties" 2>/dev/null || true
    env | grep '^KVASIR_' | grep -v '^KVASIR_LAUNCHER_' | LC_ALL=C sort
  } | sha256sum | cut -c 1-16
}

start_server() {
  step 'Server'
  local pid
  if pid=$(server_pid); then
    if [ "$(cat "$arguments_file" 2>/dev/null)" = "$(server_arguments)" ] && server_ready; then
      return
    fi
    progress 'restarting, since something changed'
    stop_server
  fi
  if port_taken "$server_port"; then
    fail "port $server_port is taken by another program$(listener "$server_port")" \
      'Stop that one, or choose another: ./kvasir up --port 8081'
  fi
  log_began=$(stat -c %s "$server_log" 2>/dev/null || echo 0)
  (
    cd "$root" || exit
    nohup setsid env "${java_environment[@]}" java "-Xmx$(heap_mib)m" \
      "-XX:MaxDirectMemorySize=$(($(memory_mib) / 2))m" -XX:+ExitOnOutOfMemoryError "${java_options[@]}" \
      -cp "$target/kvasir.jar:$target/lib/*" io.kvasir.Main serve \
      > >(exec setsid "$root/src/launcher/keep-log.sh" "$server_log" "$most_log_bytes" >/dev/null 2>&1 9>&-) 2>&1 </dev/null 9>&- &
    echo $! >"$pid_file"
  )
  server_arguments >"$arguments_file"
  wait_for_server
  echo "http://$probe_host:$server_port" >"$address_file"
  done_step "ready on port $server_port"
}

listener() {
  command -v ss >/dev/null || return 0
  ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/ (\1, process \2)/p' | head -n 1
}

wait_for_server() {
  local until=$((SECONDS + ready_within)) answer refusal
  while answer=$(http_get "$probe_host" "$server_port" /api/health/ready) || true; [ "${answer%%$'\n'*}" != 200 ]; do
    # What it said last may still be on its way into the log.
    server_lives || { sleep 0.5 && fail "$(last_words)" 'The whole log: ./kvasir logs'; }
    refusal=$(lasting_refusal "$answer")
    [ -z "$refusal" ] || fail "$refusal" 'Mend that, then run: ./kvasir up' 'The whole log: ./kvasir logs'
    [ "$SECONDS" -lt "$until" ] ||
      fail "it is not ready after $ready_within s" 'What it does: ./kvasir logs -f'
    progress "$((SECONDS - step_began)) s  $(tail -n 1 "$server_log" 2>/dev/null | cut -c 1-70)"
    sleep 0.2
  done
}

# Why the server ended: what it said to its user since this start, else its last lines.
last_words() {
  local words said
  words=$(tail -c "+$((log_began + 1))" "$server_log")
  said=$(sed -nE 's/^kvasir( [a-z]+)?: //p' <<<"$words" | tail -n 1)
  echo "${said:-it ended while starting; its last words:
$(tail -n 12 <<<"$words")}"
}

stop_server() {
  local pid until
  pid=$(server_pid) || return 0
  kill "$pid" 2>/dev/null || fail "process $pid belongs to $(stat -c %U "/proc/$pid")" 'Stop it as that user.'
  until=$((SECONDS + stop_within))
  while kill -0 "$pid" 2>/dev/null; do
    if [ "$SECONDS" -ge "$until" ]; then
      kill -KILL "$pid" 2>/dev/null || true
    fi
    sleep 0.1
  done
  rm -f "$pid_file" "$arguments_file" "$address_file"
}

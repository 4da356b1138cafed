# shellcheck shell=bash
# The launcher's own commands, as they are typed.

up_options='--port --model --database-url --help'

command_up() {
  option_port='' option_model='' option_database=''
  while [ $# -gt 0 ]; do
    case $1 in
      --port | --model | --database-url)
        [ $# -gt 1 ] || usage_error "$1 needs a value"
        take_up_option "$1" "$2"
        shift 2
        ;;
      --port=* | --model=* | --database-url=*)
        take_up_option "${1%%=*}" "${1#*=}"
        shift
        ;;
      --help | -h)
        help_up
        return
        ;;
      *) usage_error "unknown option $1$(nearest "$1" "$up_options"); ./kvasir up --help lists them" ;;
    esac
  done
  trap interrupted INT TERM
  make_folders
  exec 9>"$run_folder/lock"
  flock -n 9 || fail 'another ./kvasir up is at work here' 'Wait until it is done.'
  check_machine
  ensure_java
  ensure_built
  keep_options
  choose_address
  choose_database
  start_server
  say "Kvasir is ready: http://localhost:$server_port"
  hint_decoder
  ensure_samples
}

# What answers better than the decoder that comes with Kvasir, for whoever chose none.
hint_decoder() {
  local better=Qwen2.5-Coder-0.5B-Instruct once=' (fetches 491 MB, once)'
  [ -z "${KVASIR_MODELS_DEFAULT:-$(written_setting models.default)}" ] || return 0
  ! compgen -G "$data/models/decoders/$better-*" >/dev/null || once=''
  say "Better answers, in Chinese too: ./kvasir up --model $better$once"
}

take_up_option() {
  [ -n "$2" ] || usage_error "$1 needs a value"
  case $1 in
    --port)
      [[ $2 =~ ^[0-9]{1,5}$ && $2 -ge 1 && $2 -le 65535 ]] || usage_error "--port can be 1 to 65535, not $2"
      option_port=$2
      ;;
    --model) option_model=$2 ;;
    --database-url)
      [[ $2 =~ ^(private|postgres(ql)?://.+)$ ]] ||
        usage_error "--database-url can be postgresql://user:password@host:port/database, or private"
      option_database=$2
      ;;
  esac
}

# What up is told holds from then on: it goes into the settings file, and before the environment.
keep_options() {
  if [ -n "$option_model" ]; then
    step 'Model'
    (run_program models pull "$option_model") || fail "$option_model could not be had" 'The reason is above.'
    write_setting models.default "$option_model"
    unset KVASIR_MODELS_DEFAULT
  fi
  if [ -n "$option_port" ]; then
    write_setting http.port "$option_port"
    unset KVASIR_HTTP_PORT
  fi
  if [ -n "$option_database" ]; then
    [ "$option_database" != private ] || option_database=''
    write_setting database.url "$option_database"
    unset KVASIR_DATABASE_URL
  fi
}

usage_error() {
  say_error "$1"
  exit 2
}

# An existing PostgreSQL where one is named, else the private one.
choose_database() {
  local url=${KVASIR_DATABASE_URL:-$(written_setting database.url)}
  if [ -z "$url" ]; then
    ensure_postgres
    ensure_pgvector
    start_postgres
    url=$(cat "$database_url_file")
  fi
  export KVASIR_DATABASE_URL=$url
}

command_down() {
  [ "${1:-}" != --help ] || { say 'usage: ./kvasir down   stops the server and its PostgreSQL; nothing is lost'; return; }
  step 'Server'
  if server_pid >/dev/null; then
    stop_server
    done_step 'stopped'
  else
    done_step 'was not running'
  fi
  step 'PostgreSQL'
  stop_postgres
  done_step 'stopped'
}

command_status() {
  [ "${1:-}" != --help ] || { say 'usage: ./kvasir status   exit code 0 when it answers, 3 when not'; return; }
  local pid status=3 address
  address=$(cat "$address_file" 2>/dev/null || true)
  if pid=$(server_pid); then
    probe_host=${address#http://} server_port=${address##*:}
    probe_host=${probe_host%:*}
    if [ -n "$address" ] && server_ready; then
      say "server:     ready at http://localhost:$server_port (process $pid, $(resident_mib "$pid") MiB)"
      status=0
    else
      say "server:     process $pid is not ready; see ./kvasir logs"
    fi
  else
    say 'server:     not running; start it with ./kvasir up'
  fi
  if postgres_runs; then
    say "PostgreSQL: running on port $(database_port)"
  else
    say 'PostgreSQL: the private one is not running'
  fi
  say "data:       $data ($(du -sh "$data" 2>/dev/null | cut -f 1))"
  return "$status"
}

resident_mib() {
  awk '/^VmRSS:/ { print int($2 / 1024) }' "/proc/$1/status"
}

# Runs a command that reads the database itself, be the server up or not.
run_beside_database() {
  local url=${KVASIR_DATABASE_URL:-$(written_setting database.url)}
  [ -n "$url" ] || url=$(cat "$database_url_file" 2>/dev/null) || true
  [ -z "$url" ] || export KVASIR_DATABASE_URL=$url
  run_program "$@"
}

command_logs() {
  case ${1:-} in
    '') cat "$server_log.1" "$server_log" 2>/dev/null || true ;;
    -f) exec tail -n 50 -F "$server_log" ;;
    --help) say 'usage: ./kvasir logs [-f]   -f: the last lines, and what follows' ;;
    *) usage_error "unknown option $1; there is: -f" ;;
  esac
}

help_up() {
  cat <<'HELP'
usage: ./kvasir up [OPTION…]

Installs what is missing, builds, starts PostgreSQL and the server, loads the sample documents.
Safe to run again at any time; what is done already is not done again.

  --port N             The port of the page; default: the setting http.port (8080).
  --model NAME         The decoder that answers (./kvasir models list); fetched if it is not here.
  --database-url URL   An existing PostgreSQL with pgvector, instead of a private one:
                       postgresql://user:password@host:port/database
                       "private" goes back to the private one.
  --help               Shows this.

What you choose is written into kvasir.properties in the data folder, and holds for later starts.

Exit codes: 0 it is ready, 1 a step failed (it says which, why and what to do), 2 wrong usage.
HELP
}

command_help() {
  cat <<'HELP'
usage: ./kvasir COMMAND [OPTION…]

  up           Installs what is missing, builds, starts everything: http://localhost:8080
  down         Stops everything; nothing is lost.
  status       Says what runs, and where.
  logs [-f]    Shows the server's log.
  keys         Makes, lists and revokes the keys of the API: create NAME | list | revoke NAME
  ask          Asks a question and shows what each path answers and read.
  search       Shows what a question finds, without an answer.
  ingest       Puts documents into a collection.
  collections  Encodes a collection with another encoder.
  memory       Keeps what answers read of a collection, so that the next ones need not read it: keep | drop | status
  eval         Asks labelled questions in several ways and reports what each is worth.
  models       Lists, fetches, imports and checks decoders.
  settings     Shows every setting with its value, its range and what it is for.
  heads        Finds the attention heads that find passages.
  bench        Measures.
  test         Runs every test, in a browser too.
  image        Builds container images for Kubernetes.

./kvasir COMMAND --help explains each.
HELP
}

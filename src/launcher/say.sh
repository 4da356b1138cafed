# shellcheck shell=bash
# How the launcher speaks: a short line for each step, and three lines for one that failed.

watched=''
[ ! -t 1 ] || watched=1
step_began=0
step_name=''
running=''
started=''
declare -A beside=() # processes, by the file of their output

say() {
  printf '%s\n' "$*"
}

say_error() {
  printf 'kvasir: %s\n' "$*" >&2
}

# Begins a step: its name stays on the line until it is done.
step() {
  step_name=$1
  step_began=$SECONDS
  [ -z "$watched" ] || printf '\r\033[K… %s' "$step_name"
}

# Shows how far the step is, where somebody watches.
progress() {
  [ -z "$watched" ] || printf '\r\033[K… %s: %s' "$step_name" "$1"
}

# Ends a step with what came of it.
done_step() {
  local took=$((SECONDS - step_began)) time=''
  [ "$took" -lt 2 ] || time=" ($took s)"
  [ -z "$watched" ] || printf '\r\033[K'
  say "✓ $step_name: $1$time"
}

# Ends everything: which step, why, what to do.
fail() {
  stop_processes "${beside[@]}"
  [ -z "$watched" ] || printf '\r\033[K'
  {
    say "✗ $step_name failed: $1"
    shift
    local line
    for line in "$@"; do
      say "  $line"
    done
  } >&2
  exit 1
}

# Prints '; did you mean "x"?' for the nearest of the words in the second argument, or nothing.
nearest() {
  awk -v written="$1" -v known="$2" '
    function least(a, b) { return a < b ? a : b }
    function distance(a, b, i, j, change) {
      for (i = 0; i <= length(a); i++) for (j = 0; j <= length(b); j++) {
        if (i == 0 || j == 0) { cost[i, j] = i + j; continue }
        change = substr(a, i, 1) != substr(b, j, 1)
        cost[i, j] = least(least(cost[i-1, j], cost[i, j-1]) + 1, cost[i-1, j-1] + change)
      }
      return cost[length(a), length(b)]
    }
    BEGIN {
      count = split(known, names, " "); best = 1e9
      for (n = 1; n <= count; n++) {
        far = distance(written, names[n])
        if (far < best) { best = far; name = names[n] }
      }
      if (best <= 3 && 2 * best <= length(written)) printf "; did you mean \"%s\"?", name
    }'
}

# Runs a command with its output in a file; shows its last line while it runs.
logged() {
  start_logged "$@"
  running=$started
  wait_logged "$1"
}

# Starts a command with its output in a file, and goes on; end_beside waits for it.
begin_beside() {
  start_logged "$@"
  beside[$1]=$started
}

# Waits for what runs beside with its output in this file, and ends as it did.
end_beside() {
  running=${beside[$1]}
  beside[$1]=''
  wait_logged "$1"
}

# In a session of its own, so that it can be ended with all that it started; without up's lock.
start_logged() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  setsid "$@" >>"$log" 2>&1 </dev/null 9>&- &
  started=$!
  trap interrupted INT TERM
}

wait_logged() {
  local log=$1 status=0
  while kill -0 "$running" 2>/dev/null; do
    if [ -n "$watched" ]; then
      progress "$((SECONDS - step_began)) s  $(tail -n 1 "$log" 2>/dev/null | tr -d '\r' | cut -c 1-60)"
    fi
    sleep 0.5
  done
  wait "$running" || status=$?
  running=''
  return "$status"
}

# Ends what was started, with all that it started itself.
stop_processes() {
  local process
  for process in "$@"; do
    [ -n "$process" ] || continue
    kill -TERM -- "-$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
  done
}

# Ctrl-C: ends what runs, and says so once, be it a subshell that was interrupted too.
interrupted() {
  trap '' INT TERM
  stop_processes "$running" "${beside[@]}"
  if [ "$BASHPID" = $$ ]; then
    [ -z "$watched" ] || printf '\r\033[K'
    say_error "interrupted at: $step_name. Running the same command again goes on from there."
  fi
  exit 130
}

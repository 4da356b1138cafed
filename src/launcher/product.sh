# shellcheck shell=bash
# Tests of the product as a whole: it is started like a user would, and asked in browser and terminal.

first_test_port=18080
test_question='How can I find out what package produced a particular file?'
test_scope='pkgtools.en.html'

test_product() {
  local port=$first_test_port
  while port_taken "$port"; do
    port=$((port + 1))
  done
  ensure_browser
  check 'the product starts with one command' "$root/kvasir" up --port "$port"
  local began=$SECONDS
  check 'a second start remembers the port, and finds everything done' "$root/kvasir" up
  check 'a second start takes 10 s at most' test $((SECONDS - began)) -le 10
  [ -z "$images_beside" ] || ! containers_obstacle >/dev/null || begin_images
  check 'status says that it answers' "$root/kvasir" status
  check 'models are listed' "$root/kvasir" models list
  check 'the questions offered have a scope that fits' node "$root/src/launcher/check-examples.mjs" \
    "http://127.0.0.1:$port" 2048 debian-faq-en debian-faq-zh
  check_ask
  check_ingest
  check_openai_client "http://127.0.0.1:$port"
  check_browser browser "http://localhost:$port"
  check 'it stops' "$root/kvasir" down
  check_keys "$port"
  check 'it stops again' "$root/kvasir" down
  check 'status says that it does not answer' refused 3 "$root/kvasir" status
}

ensure_browser() {
  step 'Browser'
  if ! command -v chromium >/dev/null; then
    apt_install chromium fonts-wqy-microhei
    done_step 'installed'
  fi
}

# Runs one check; its output is shown only when it fails.
check() {
  local name=$1 status=0 began=$SECONDS log=$test_logs/product.log
  shift
  printf '== %s\n' "$name" >>"$log"
  # By itself, since a function whose failure is asked for goes on after its first failed command.
  (set -e && "$@") >"$test_logs/check.log" 2>&1 </dev/null &
  wait $! || status=$?
  cat "$test_logs/check.log" >>"$log"
  if [ "$status" -eq 0 ]; then
    passed=$((passed + 1))
    say "✓ $name ($((SECONDS - began)) s)"
  else
    count_failure "$name" "exit code $status"
    tail -n 15 "$test_logs/check.log" | sed 's/^/    /'
  fi
}

# Whether a command ends with this exit code.
refused() {
  local expected=$1 status=0
  shift
  "$@" || status=$?
  [ "$status" -eq "$expected" ] || {
    echo "exit code $status instead of $expected"
    return 1
  }
}

check_ask() {
  local trace=$test_logs/trace.json
  check 'a question is answered three ways in the terminal, and kept as a page' \
    "$root/kvasir" ask "$test_question" --scope "$test_scope" --max-tokens 24 --html "$test_logs/contrast.html"
  check 'the page holds the question' grep -q "$test_question" "$test_logs/contrast.html"
  check 'a question gives a whole trace' ask_to_file "$trace"
  check 'the trace holds together' node "$root/src/launcher/check-trace.mjs" "$trace"
  check 'an unknown collection is refused by name' \
    refused 4 "$root/kvasir" ask "$test_question" --collection debian-faq-em
  check 'an unknown option is refused' refused 2 "$root/kvasir" ask "$test_question" --path rag
}

ask_to_file() {
  "$root/kvasir" ask "$test_question" --scope "$test_scope" --max-tokens 24 --json >"$1"
}

check_ingest() {
  local folder=$data/documents
  mkdir -p "$folder"
  printf '# Ravens\n\nHuginn and Muninn fly over the world and tell what they saw.\n' >"$folder/ravens.md"
  check 'a document is ingested' "$root/kvasir" ingest "$folder" --collection ravens
  head -c 4096 /dev/urandom >"$folder/broken.pdf"
  check 'a broken file is refused and the others are not' refused 1 "$root/kvasir" ingest "$folder" --collection ravens
}

# OpenAI's own client for JavaScript against the server; the one for Java is among the Java tests.
check_openai_client() {
  check "OpenAI's client for JavaScript is installed" \
    npm ci --prefix "$root/src/test/node" --prefer-offline --no-audit --no-fund
  check "OpenAI's client for JavaScript is served" node "$root/src/test/node/openai-client.mjs" --base-url "$1"
}

# Open to a network: not without a key, and with one only for those who send it.
check_keys() {
  local port=$1 key
  check 'open to a network it does not start without a key' \
    refused 1 env KVASIR_HTTP_HOST=0.0.0.0 "$root/kvasir" up --port "$port"
  check 'the database is there for keys' "$root/kvasir" keys list
  key=$("$root/kvasir" keys create reader 2>/dev/null) || true
  check 'it starts with one' env KVASIR_HTTP_HOST=0.0.0.0 "$root/kvasir" up --port "$port"
  check 'a question without the key is refused' \
    refused 2 "$root/kvasir" ask "$test_question" --paths closed-book --max-tokens 4
  check 'a question with the key is answered' env "KVASIR_HTTP_KEY=$key" \
    "$root/kvasir" ask "$test_question" --paths closed-book --max-tokens 4
  check_browser browser-with-key "http://localhost:$port" --key "$key"
  check 'the key is revoked' "$root/kvasir" keys revoke reader
  sleep 6
  check 'a question with the revoked key is refused' refused 2 env "KVASIR_HTTP_KEY=$key" \
    "$root/kvasir" ask "$test_question" --paths closed-book --max-tokens 4
}

# Drives the page, with options for web/e2e.
check_browser() {
  local log=$test_logs/$1.log line url=$2
  shift 2
  step 'Browser'
  (cd "$root/web" && logged "$log" timeout 900 npm run e2e -- --base-url "$url" --screenshots "$target/screenshots" "$@") || true
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1)
  if [ -z "$line" ]; then
    count_failure 'Browser' "it ended early: $(tail -n 1 "$log")"
    return
  fi
  passed=$((passed + ${line%% *}))
  failed=$((failed + $(echo "$line" | sed 's/.*, \([0-9]*\) failed.*/\1/')))
  done_step "$line"
  grep -E '^FAILED' "$log" | head -n 20 || true
}

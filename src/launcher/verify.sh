# shellcheck shell=bash
# ./kvasir test: every test, on a throw-away PostgreSQL and a throw-away data folder.

test_parts='java web product pods quick long'
test_logs=$target/test-logs
# No JVM of these tests lives long enough to earn back what the second compiler costs: it would double
# the work.
short_lived='-Dtest.jvm=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
images_beside=''
passed=0
failed=0

# The outer half: makes the throw-away folder, runs the inner half in it, and removes it again.
command_test() {
  if [ -n "${KVASIR_LAUNCHER_TEST:-}" ]; then
    run_tests "$@"
    return
  fi
  local part
  for part in "$@"; do
    case $part in
      --help | -h) help_test && return ;;
      java | web | product | pods | quick | long) ;;
      *) usage_error "there are no tests \"$part\"$(nearest "$part" "$test_parts"); there are: $test_parts" ;;
    esac
  done
  [ $# -gt 0 ] || set -- java web product pods
  local status=0 name unset=()
  test_folder=$(mktemp -d "${TMPDIR:-/tmp}/kvasir test.XXXXXX")
  chmod 755 "$test_folder"
  while IFS='=' read -r name _; do
    case $name in
      KVASIR_LAUNCHER_*) ;;
      KVASIR_*) unset+=(-u "$name") ;;
    esac
  done < <(env)
  test_environment=(env "${unset[@]}" "KVASIR_DATA_DIR=$test_folder" KVASIR_LAUNCHER_TEST=1)
  trap clean_up_tests EXIT
  trap 'exit 130' INT TERM
  "${test_environment[@]}" "$root/kvasir" test "$@" || status=$?
  exit "$status"
}

clean_up_tests() {
  "${test_environment[@]}" "$root/kvasir" down >/dev/null || true
  mkdir -p "$test_logs"
  cp -r "$test_folder/logs/." "$test_logs/" 2>/dev/null || true
  rm -rf "$test_folder"
}

run_tests() {
  rm -rf "$test_logs"
  mkdir -p "$test_logs"
  make_folders
  check_machine
  ensure_java
  ensure_maven
  ensure_node
  local part
  case " $* " in
    # The compiler, which comes first, uses one core.
    *' java '*'web '*) install_web_packages && begin_vitest ;;
  esac
  case " $* " in
    *' product '*'pods '*) images_beside=1 ;;
  esac
  for part in "$@"; do
    "test_$part"
  done
  say "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

test_postgres() {
  ensure_postgres
  ensure_pgvector
  start_postgres
}

# Unit and integration tests of the program, with Maven; the program is packed by the way. The page is
# checked and built beside them: the compiler uses one core, and many tests wait.
test_java() {
  ensure_kustomize
  ensure_nginx
  local checksum
  checksum=$(source_checksum)
  rm -rf "$root/web/dist"
  install_web_packages
  begin_beside "$test_logs/page.log" timeout 600 npm --prefix "$root/web" run --silent check-and-build
  run_maven 'Java tests' package "$short_lived"
  end_beside "$test_logs/page.log" || count_failure 'Page' "$(tail -n 3 "$test_logs/page.log")"
  if [ -f "$target/kvasir.jar" ] && holds_page "$target/kvasir.jar"; then
    echo "$checksum" >"$build_stamp"
  else
    rm -f "$target/kvasir.jar" "$build_stamp"
  fi
}

holds_page() {
  jar tf "$1" | grep -x 'webroot/index.html' >/dev/null
}

# What a change breaks in seconds: no test that starts processes or waits, no page, no browser.
# The page's tests run beside the program's, which leave a part of two cores idle.
test_quick() {
  step 'Web tests'
  install_web_packages
  begin_vitest
  run_maven 'Quick Java tests' test -Dtest.excluded=slow,long "$short_lived"
  step 'Web tests'
  end_vitest
}

# What takes minutes, before the issue it belongs to is closed.
test_long() {
  run_maven 'Long Java tests' test -Dtest.groups=long -Dtest.excluded=
}

# Runs Maven with a PostgreSQL, under the name of a step, and counts its tests.
run_maven() {
  local name=$1
  shift
  test_postgres
  step "$name"
  rm -rf "$target/surefire-reports"
  export KVASIR_TEST_DATABASE_URL
  KVASIR_TEST_DATABASE_URL=$(sed 's|/kvasir$|/postgres|' "$database_url_file")
  (cd "$root" && logged "$test_logs/maven.log" timeout 2400 mvn -B -ntp -Dskip.web=true -Dmaven.test.failure.ignore=true "$@") ||
    count_failure 'Maven' "$(grep -m 3 -E '^\[ERROR\]' "$test_logs/maven.log" || tail -n 3 "$test_logs/maven.log")"
  count_reports "$target"/surefire-reports/TEST-*.xml
  grep -E '^\[ERROR\] +(Tests run:.*(FAILURE|ERROR)|[A-Z][A-Za-z]*Test\.)' "$test_logs/maven.log" | sort -u | head -n 40 || true
}

# Unit tests of the page.
test_web() {
  step 'Web tests'
  install_web_packages
  [ -n "${beside[$test_logs/web.log]:-}" ] || begin_vitest
  end_vitest
  test_packages
}

install_web_packages() {
  [ -d "$root/web/node_modules" ] || (cd "$root/web" && logged "$test_logs/npm.log" npm ci --no-audit --no-fund) ||
    count_failure 'npm ci' "$(tail -n 3 "$test_logs/npm.log")"
}

begin_vitest() {
  rm -f "$target/web-tests.xml"
  begin_beside "$test_logs/web.log" timeout 600 npm --prefix "$root/web" test -- \
    --reporter=default --reporter=junit --outputFile="$target/web-tests.xml"
}

end_vitest() {
  end_beside "$test_logs/web.log" || true
  count_reports "$target/web-tests.xml"
  grep -E '^ *(FAIL|×)' "$test_logs/web.log" | head -n 20 || true
}

# npm's own word on the packages of both lock files; many a registry's mirror has none.
test_packages() {
  step 'npm audit'
  local folder result
  for folder in web src/test/node; do
    (cd "$root/$folder" && timeout 120 npm audit --json --package-lock-only) \
      >"$test_logs/audit.json" 2>"$test_logs/audit.log" && result=0 || result=$?
    [ -z "$watched" ] || printf '\r\033[K'
    if grep -q '"auditReportVersion"' "$test_logs/audit.json"; then
      if [ "$result" -eq 0 ]; then
        passed=$((passed + 1))
        done_step "$folder: no package with a known advisory"
      else
        count_failure "npm audit, $folder" "packages with known advisories: (cd $folder && npm audit); raise them"
      fi
    else
      say "– $step_name: $folder was not audited, this registry does not answer npm audit;" \
        'what src/advisories/advisories.xml lists is held all the same (AdvisoriesTest)'
    fi
  done
}

# Adds the counts of JUnit reports; no report is a failure.
count_reports() {
  local file tests=0 bad=0 skipped=0 suite
  for file in "$@"; do
    [ -f "$file" ] || continue
    while read -r suite; do
      tests=$((tests + $(attribute tests "$suite")))
      bad=$((bad + $(attribute failures "$suite") + $(attribute errors "$suite")))
      skipped=$((skipped + $(attribute skipped "$suite")))
    done < <(grep -ho '<testsuite [^>]*>' "$file")
  done
  if [ "$tests" -eq 0 ]; then
    count_failure "$step_name" 'no test ran'
    return
  fi
  passed=$((passed + tests - bad - skipped))
  failed=$((failed + bad + skipped))
  done_step "$((tests - bad - skipped)) passed, $bad failed$([ "$skipped" -eq 0 ] || echo ", $skipped skipped (counted as failed)")"
}

attribute() {
  local value
  value=$(printf '%s' "$2" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p")
  echo "${value:-0}"
}

count_failure() {
  failed=$((failed + 1))
  [ -z "$watched" ] || printf '\r\033[K'
  say "✗ $1: $2"
}

help_test() {
  cat <<'HELP'
usage: ./kvasir test [java] [web] [product] [pods] | quick | long

Runs every test, or those named: the program's (on a throw-away PostgreSQL), the page's (with npm audit
of its packages, where the registry answers that), the product
as a whole: started, asked in a browser and in the terminal; and the pods of k8s/overlays/dev: images
built, played with podman, asked. Pods need root. Nothing of yours is touched.
quick leaves out all that starts processes or waits; long runs what takes minutes, and is in no other.
The last line says how many passed and failed; logs are in target/test-logs.
HELP
}

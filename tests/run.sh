#!/usr/bin/env bash
# Runs every test: the Rust suite, the lab's with a smoke run, then the browser suite against the program built.
# Needs a Rust toolchain; installs what else a fresh Debian machine lacks, and says so.
set -euo pipefail
cd "$(dirname "$0")/.."

step() {
    current=$*
    printf '\n== %s\n' "$current"
}
current="Looking for tools"
trap 'if [ $? -ne 0 ]; then printf "\n== FAILED: %s\n" "$current" >&2; fi' EXIT

install_missing() {
    local missing=() as_root=()
    command -v node >/dev/null || missing+=(nodejs)
    command -v npm >/dev/null || missing+=(npm)
    command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
    command -v python3 >/dev/null || missing+=(python3)
    python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
    command -v redis-server >/dev/null || missing+=(redis-server)
    java -version >/dev/null 2>&1 || missing+=(default-jre-headless)
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    step "Installing Debian packages: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Only root can install packages: install them yourself, or run this as root." >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

install_node_packages() {
    if [ tests/browser/node_modules/.package-lock.json -nt tests/browser/package-lock.json ]; then return; fi
    step "Installing npm packages in tests/browser"
    # No package needs its install script; the one of the HTML checker would fetch a Java of its own.
    (cd tests/browser && npm ci --ignore-scripts)
}

install_missing
install_node_packages

step "Rust suite"
cargo test --locked --workspace
step "Benchmarks compile"
cargo build --locked --workspace --bins --benches
step "The research on distributed computing has no gaps and no faults"
"${CARGO_TARGET_DIR:-target}/debug/fieldguide" check --strict --only distributed-computing-frameworks/

step "Lab: smoke run of two frameworks"
python3 -m lab run --quick --name smoke --frameworks concurrent-futures celery --only start-up round-trip throughput
python3 -m lab report --data lab/.runs/smoke/data
step "Lab suite"
LAB_FRAMEWORKS="concurrent-futures celery" python3 -m unittest discover -s lab/tests -t .

step "Browser suite"
FIELDGUIDE_BIN=$(realpath "${CARGO_TARGET_DIR:-target}/debug/fieldguide")
export FIELDGUIDE_BIN
(cd tests/browser && npm test --silent)

step "All tests passed"

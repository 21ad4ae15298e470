set shell := ["bash", "-euo", "pipefail", "-c"]
export PATH := justfile_directory() / ".venv/bin:" + env("PATH")

# list the recipes
default:
    @just --list

# make .venv with everything that development needs
setup:
    sh .ci/setup dev

# start the demo on SQLite
demo *args:
    datamingle demo {{args}}

# start the server
serve *args:
    datamingle serve {{args}}

# run the tests
test *args:
    pytest -n auto {{args}}

# format the code
format:
    ruff format .
    ruff check --fix .

# format, lint, types, import contracts, tests
check: && test
    ruff format --check .
    ruff check .
    mypy
    lint-imports

# measure against bare routes, FastAPI and Django REST Framework, and the mapping engine; write docs/bench*.md
bench *args:
    python -m tests.bench.run {{args}}

# add to .venv what the two baselines of the benchmark need
setup-bench:
    pip install --quiet --require-hashes -r requirements/bench.txt

# check the types of the two baselines
check-baselines:
    BENCH_DATABASE_URL=sqlite:///unused.db mypy --config-file tests/bench/baselines/mypy.ini -p tests.bench.baselines

# measure the mapping engine alone; write docs/bench-mapping.md
bench-mapping *args:
    python -m tests.bench.mapping {{args}}

# kill the server under write load and judge what was kept
soak *args:
    python -m tests.soak.run {{args}}

# send hostile input and slow clients to real servers and judge what comes back
fuzz *args:
    python -m tests.fuzz.run {{args}}

# pin every dependency with hashes
lock:
    uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml requirements/build.in --output-file requirements/app.txt
    uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra postgres --extra dev pyproject.toml requirements/build.in --output-file requirements/dev.txt
    uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --constraint requirements/dev.txt --extra postgres --extra bench pyproject.toml --output-file requirements/bench.txt

# make book   set up, check the data, run the notebooks, build the pages
# make test   set up, run every test
# make lab    set up, open the chapters in JupyterLab
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := uv==0.13.9

# Without compiled files every process would compile pandas again: builds take twice as long.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help book test lab check serve pdf bench clean
.DELETE_ON_ERROR:

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 10

book: $(VENV)/.book  ## build the book into _build/html
	@$(BIN)/python -m helpers build

test: $(VENV)/.test  ## run every test (the browser tests build the book if need be)
	@$(BIN)/python -m pytest

lab: $(VENV)/.lab  ## open the chapters in JupyterLab
	@$(BIN)/jupyter-lab --LabApp.default_url=/lab/tree/chapters

check: $(VENV)/.book  ## check the tables
	@$(BIN)/python -m helpers check

serve: book  ## build the book and serve it on http://localhost:8000
	@$(BIN)/python -m http.server --directory _build/html --bind localhost 8000

pdf: $(VENV)/.test book  ## print the book as one PDF (needs a Chromium or Chrome)
	@$(BIN)/python -m helpers pdf

bench: $(VENV)/.test  ## run the benchmarks
	@set -e; for script in benchmarks/*.py; do echo "$$script"; $(BIN)/python "$$script"; done

clean:  ## delete everything that was built, but not the environment
	rm -rf _build .pytest_cache .ruff_cache .hypothesis src/*.egg-info
	find src tests -name __pycache__ -type d -exec rm -rf {} +

# The environment is made once and brought up to date whenever a list of requirements changes.
$(VENV)/.book: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " \
		+ sys.version.split()[0] + "; call make PYTHON=python3.12 or the like")'
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet "$(UV)" || echo "uv is not to be had; pip does the work, more slowly"
	$(call install,-r requirements.txt)
	$(call install,--no-deps --no-build-isolation -e .)
	@touch $@

$(VENV)/.test: $(VENV)/.book requirements-dev.txt
	$(call install,-r requirements-dev.txt)
	@touch $@

$(VENV)/.lab: $(VENV)/.book requirements-lab.txt
	$(call install,-r requirements-lab.txt)
	@touch $@

# uv takes seconds where pip takes a minute; pip is there when uv cannot be had or cannot reach its index.
define install
@echo "Installing $(1)"
@$(BIN)/python -m uv pip install --quiet --system-certs --python $(BIN)/python $(1) \
	|| $(BIN)/python -m pip install --quiet $(1)
endef

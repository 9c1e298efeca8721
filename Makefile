# Everything a person types. `make run` needs the .NET SDK and Node.js; `make test` installs what it needs beyond them.
CONFIGURATION ?= Release
DATA ?= data
LISTEN ?= http://localhost:8080
ROWS ?= 1000 100000

.PHONY: run test chaos bench publish web build openapi vectors clean help

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: web ## build everything and start it on http://localhost:8080, data in ./data
	dotnet run --project src/Baton.Server --configuration $(CONFIGURATION) -- --data $(DATA) --listen $(LISTEN)

test: ## every test there is; ends with `N passed, N failed`
	@eng/prerequisites.sh
	@$(MAKE) --no-print-directory build
	@eng/test.sh $(CONFIGURATION)

chaos: ## minutes of load under hard faults, every promise checked: CHAOS_SECONDS (60) for each of TARGETS (all)
	@eng/prerequisites.sh chaos
	dotnet build --configuration Release tests/Baton.Chaos --verbosity quiet
	dotnet build --configuration Release src/Baton.Server --verbosity quiet
	@eng/chaos.sh artifacts/bin/Baton.Server/release/baton-server $(TARGETS)

bench: web ## the figures of bench/README.md, here and now on a published build: some 12 minutes; ROWS="1000 100000 10000000" takes 30 GiB
	@eng/prerequisites.sh
	@eng/publish.sh linux-x64
	dotnet build --configuration Release bench/Baton.Benchmarks --verbosity quiet
	artifacts/bin/Baton.Benchmarks/release/Baton.Benchmarks artifacts/publish/linux-x64/baton-server artifacts/publish/linux-x64/baton $(ROWS)

publish: web ## server and CLI as programs that need nothing installed, for linux-x64 and linux-arm64, in artifacts/publish
	@eng/publish.sh linux-x64 linux-arm64

build: web ## the web part, then every C# project
	dotnet build --configuration $(CONFIGURATION)

web: web/node_modules/.package-lock.json ## the pages, compressed, into the server's wwwroot
	cd web && npm run --silent build

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error

openapi: ## write spec/openapi.json anew from the endpoints, when a change of the API is meant
	touch spec/openapi.json
	REFRESH_SNAPSHOTS=1 dotnet test --project tests/Baton.Server.Tests --filter-class Baton.Server.Tests.Host.ContractTests

vectors: ## write spec/vectors anew (nothing changes unless the protocol does)
	BATON_WRITE_VECTORS=1 dotnet run --project tests/Baton.Protocol.Tests -- --filter-class '*PublishedVectorTests'

clean: ## what building left behind; never ./data
	rm -rf artifacts web/node_modules src/Baton.Server/wwwroot

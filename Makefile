# The only entry points; each calls one script or one command.
.PHONY: run dev test check bench soak messages

run: ## install what is missing, build, start the sandbox portal with the app, print the address
	@tools/run.sh

dev: ## the same, and build again whenever a file changes
	@tools/dev.sh

test: ## native tests, contract tests, browser journeys
	@tools/test.sh

check: ## formatting, clippy without warnings, the byte budget
	@tools/check.sh

bench: ## the scanner, the search and the sending beside their peers, in tables
	@tools/bench.sh

soak: ## the long campaigns: scenes, spoilt files, faults while sending, kills
	@tools/soak.sh

messages: ## all messages in three languages as one page for reviewers, and how easy the Vietnamese is to read
	@node tools/messages.mjs table
	@node tools/messages.mjs ease

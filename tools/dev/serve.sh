# ./dev serve: the page of the wasm build on localhost, with the headers that shared memory needs.

run_serve() {
  configure wasm
  compile wasm all || fail "the build failed"
  exec node "$root/tools/serve.mjs" --port "${1:-8080}" "$root/build/wasm/site"
}

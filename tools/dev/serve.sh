# ./dev serve: the wasm build and the examples on localhost, in a page that may use shared memory.

run_serve() {
  configure wasm
  compile wasm all || fail "the build failed"
  exec node "$root/tools/serve.mjs" --port "${1:-8080}" "$root/build/wasm/site"
}

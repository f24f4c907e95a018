# ./dev serve: the page of the wasm build on localhost, with the headers that shared memory needs.

run_serve() {
  local port=8080
  case ${1:-} in
    '') ;;
    --port) port=${2:?--port wants a number} ;;
    --port=*) port=${1#--port=} ;;
    *) port=$1 ;;
  esac
  [[ $port =~ ^[0-9]+$ ]] || fail "usage: ./dev serve [PORT]"
  [ -e "$root/build/wasm/build.ninja" ] || configure wasm -DSKEIN_TESTS=OFF
  compile wasm skein_site || fail "the build failed"
  exec node "$root/tools/serve.mjs" --port "$port" "$root/build/wasm/site"
}

// https://url.spec.whatwg.org/
const show = (input, base) => { try { return new URL(input, base).href; } catch (e) { return e.code; } };
// expect: https://user:p%40ss@example.org:8080/a/c?x=1%202#f%20g
console.log(show("HTTPS://user:p%40ss@EXAMPLE.org:8080/a/b/../c?x=1 2#f g"));
// expect: http://example.org/ http://example.org/x http://other/ http://example.org/a/d?q
console.log(show("http://example.org:80"), show("/x", "http://example.org/a/b"), show("//other", "http://example.org/"), show("d?q", "http://example.org/a/b?z#y"));
// expect: ERR_INVALID_URL ERR_INVALID_URL ERR_INVALID_URL
console.log(show("nothing"), show("http://a b/"), show("http://x:99999/"));
// expect: http://127.0.0.1/ http://192.168.0.1/ http://[::1]/ http://[2001:db8::1]/
console.log(show("http://0x7f.1/"), show("http://192.168.1/"), show("http://[0:0:0:0:0:0:0:1]/"), show("http://[2001:DB8:0:0::1]/"));
// expect: file:///a/b file:///c:/x mailto:a@b data:text/plain,hi%20 http://xn--mnchen-3ya.de/
console.log(show("file:///a/./b"), show("file:c:\\x", "file:///"), show("mailto:a@b"), show("data:text/plain,hi%20"), show("http://München.de"));
// expect: non-special://h:1/p?q#f blob:https://x/1 https://x null
console.log(show("non-special://h:1/p?q#f"), show("blob:https://x/1"), new URL("blob:https://x/1").origin, new URL("file:///x").origin);
const url = new URL("http://example.org/p?a=1&b=2&a=3");
url.searchParams.append("c", "ä &");
url.searchParams.delete("b");
url.hash = "h";
url.port = "81";
url.pathname = "/x y";
// expect: http://example.org:81/x%20y?a=1&a=3&c=%C3%A4+%26#h
console.log(url.href);
// expect: 1 1,3 3 a=1&a=3&c=%C3%A4+%26
console.log(url.searchParams.get("a"), url.searchParams.getAll("a").join(), url.searchParams.size, String(url.searchParams));
url.search = "?z=9";
url.protocol = "https";
url.host = "h.example:443";
// expect: https://h.example:81/x%20y?z=9#h 9
console.log(url.href.replace("h.example/", "h.example:81/"), url.searchParams.get("z"));
// expect: a=1&b=2 x=y%3D true false
console.log(String(new URLSearchParams({ a: 1, b: 2 })), String(new URLSearchParams([["x", "y="]])), URL.canParse("a:b"), URL.canParse("//a"));
// expect: file:///tmp/a%20b%25 /tmp/a b%
const { pathToFileURL, fileURLToPath } = require("node:url");
console.log(pathToFileURL("/tmp/a b%").href, fileURLToPath("file:///tmp/a%20b%25"));

// Deep recursion of every kind, and sizes past every limit: a RangeError that the program can catch, or a
// result, but never the end of the process.
// flags: --heap-limit=512m --time-limit=30
// ends: caught
// under: --heap-limit=64m --time-limit=1
// --- limit_apply
Math.max.apply(null,{length:5e6})
// --- limit_apply_proxy
Math.max.apply(null, new Proxy({}, {get(t,k){return k==='length'?2**53-1:1}}))
// --- limit_array_from_async
Array.fromAsync({length:2**53-1}).catch(()=>{})
// --- limit_array_join
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.join.call(o,',');
// --- limit_array_map
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.map.call(o,x=>x);
// --- limit_array_slice
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.slice.call(o,0);
// --- limit_array_sparse_fill
const a=[]; a.length=2**32-1; a.fill(0)
// --- limit_array_toReversed
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.toReversed.call(o);
// --- limit_array_toSorted
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.toSorted.call(o);
// --- limit_array_toSpliced
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.toSpliced.call(o,0,0);
// --- limit_array_toString
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.toString.call(o);
// --- limit_array_with
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.with.call(o,0,1);
// --- limit_bigint_asuint
for(let i=0;i<20;i++) BigInt.asUintN(400000000,-1n)
// --- limit_bigint_shift
for(let i=0;i<20;i++) 1n<<200000000n
// --- limit_from_arraylike
Array.from({length:2**53-1})
// --- accessor_proxy
const o=Object.create(new Proxy({}, {get(t,k,r){ return r[k] }})); o.x
// --- array_from
const o={get length(){ return Array.from(o).length }}; Array.from(o)
// --- bind_chain
let f=()=>{}; for(let i=0;i<1e5;i++) f=f.bind(); f()
// --- bind_chain_construct
let f=function(){}; for(let i=0;i<1e5;i++) f=f.bind(); new f()
// --- bind_chain_instanceof
let f=function(){}; for(let i=0;i<1e5;i++) f=f.bind(); ({}) instanceof f
// --- bind_chain_realm
let f=function(){}; for(let i=0;i<1e5;i++) f=f.bind(); Reflect.construct(Array,[],f)
// --- call_bind
let f=Function.prototype.call; for(let i=0;i<1e5;i++) f=f.bind(f); f(()=>{})
// --- clone_nested
let a=[]; for(let i=0;i<1e6;i++) a=[a]; structuredClone(a)
// --- concat_spreadable
const a=[]; Object.defineProperty(a, Symbol.isConcatSpreadable,{get(){ return [].concat(a) }}); [].concat(a)
// --- date_toprim
const d=new Date(); d.toString=()=>d+''; d+''
// --- dispose
const s=()=>{ const d=new DisposableStack(); d.defer(s); d.dispose() }; s()
// --- flat
let a=[]; for(let i=0;i<1e6;i++) a=[a]; a.flat(Infinity)
// --- gc_deep
let a=[]; for(let i=0;i<1e6;i++) a=[a]; globalThis.gc?.(); for(let i=0;i<1e5;i++) new Array(100).fill(0)
// --- getter
const o={get a(){return this.a}}; o.a
// --- iterator_concat
let it=[1].values(); for(let i=0;i<1e5;i++) it=Iterator.from({next:it.next.bind(it)}); it.next()
// --- iterator_flatmap
const f=()=>Iterator.from([1]).flatMap(f); f().next()
// --- iterator_helpers
let it=[1].values(); for(let i=0;i<1e5;i++) it=it.map(x=>x); it.next()
// --- iterator_return
let it=[1].values(); for(let i=0;i<1e5;i++) it=it.drop(0); it.return()
// --- json_parse
JSON.parse('['.repeat(5e6)+']'.repeat(5e6))
// --- json_parse_obj
JSON.parse('{"a":'.repeat(3e6)+'1'+'}'.repeat(3e6))
// --- json_reviver
JSON.parse('['.repeat(1e5)+']'.repeat(1e5), (k,v)=>v)
// --- json_stringify
let a=[]; for(let i=0;i<1e6;i++) a=[a]; JSON.stringify(a)
// --- json_stringify_obj
let a={}; for(let i=0;i<1e6;i++) a={a}; JSON.stringify(a)
// --- json_tojson
const o={toJSON(){return JSON.stringify(o)}}; JSON.stringify(o)
// --- limit_ab
new ArrayBuffer(2**53)
// --- limit_array_length
[].length=2**32
// --- limit_bigint
1n<<(2n**40n)
// --- limit_bigint_as
BigInt.asIntN(2**53,1n)
// --- limit_bigint_pow
2n**(2n**40n)
// --- limit_codepoint
String.fromCodePoint(0x110000)
// --- limit_concat
let s='x'.repeat(2**20); for(;;) s+=s
// --- limit_date
new Date(8.64e15+1).toISOString()
// --- limit_fromcharcode
String.fromCharCode(...new Array(5e6))
// --- limit_join
new Array(2**30).join('xx')
// --- limit_new_array
new Array(-1)
// --- limit_normalize
'x'.normalize('NFX')
// --- limit_pad
'x'.padStart(2**30)
// --- limit_push
const a=[]; a.length=2**32-1; a.push(1)
// --- limit_radix
(1).toString(37)
// --- limit_raw
String.raw({raw:{length:2**40}}); 
// --- limit_repeat
'x'.repeat(2**30)
// --- limit_repeat_inf
'x'.repeat(Infinity)
// --- limit_sab
new SharedArrayBuffer(2**53)
// --- limit_spread
Math.max(...new Array(5e6))
// --- limit_tofixed
(1).toFixed(101)
// --- limit_typed
new Uint8Array(2**53-1)
// --- nested_array_join
let a=[]; for(let i=0;i<1e6;i++) a=[a]; a.join()
// --- nested_array_tostring
let a=[]; for(let i=0;i<1e6;i++) a=[a]; String(a)
// --- nested_tolocale
let a=[]; for(let i=0;i<1e6;i++) a=[a]; a.toLocaleString()
// --- parse_arrays
eval('['.repeat(1e6)+']'.repeat(1e6))
// --- parse_arrows
eval('x=>'.repeat(1e6)+'1')
// --- parse_assign
eval('a='.repeat(1e6)+'1')
// --- parse_binary
eval('1+'.repeat(1e6)+'1')
// --- parse_blocks
eval('{'.repeat(1e6)+'}'.repeat(1e6))
// --- parse_class
eval('class A extends '.repeat(1e5)+'B {}'+' {}'.repeat(1e5))
// --- parse_comma
eval('1,'.repeat(1e6)+'1')
// --- parse_destructuring
eval('var '+'['.repeat(1e5)+'a'+']'.repeat(1e5)+'=1')
// --- parse_exponent
eval('2**'.repeat(1e6)+'1')
// --- parse_functions
eval('function f(){'.repeat(1e5)+'}'.repeat(1e5))
// --- parse_ifs
eval('if(1)'.repeat(1e6)+';')
// --- parse_labels
eval(Array.from({length:1e5},(_, i)=>'a'+i+':').join('')+';')
// --- parse_member
eval('a'+'.a'.repeat(1e6)); 
// --- parse_new
eval('new '.repeat(1e6)+'a')
// --- parse_parens
eval('('.repeat(1e6)+'1'+')'.repeat(1e6))
// --- parse_template
eval('`${'.repeat(1e5)+'1'+'}`'.repeat(1e5))
// --- parse_ternary
eval('1?1:'.repeat(1e6)+'1'); 
// --- parse_unary
eval('!'.repeat(1e6)+'1')
// --- promise_chain
let p=Promise.resolve(); for(let i=0;i<1e5;i++) p=p.then(()=>p)
// --- promise_nested
let p=Promise.resolve(1); for(let i=0;i<1e6;i++) { const q=p; p=new Promise(r=>r(q)); } throw new RangeError
// --- proto_chain
let p={}; for(let i=0;i<1e5;i++) p=Object.create(p); p.x; 'x' in p; p.y=1
// --- proto_chain_proxy
let p={}; for(let i=0;i<1e5;i++) p=Object.create(new Proxy(p,{})); p.x
// --- proto_chain_proxy_set
let p={}; for(let i=0;i<1e5;i++) p=Object.create(new Proxy(p,{})); p.x=1
// --- proto_chain_setter
let p={}; for(let i=0;i<1e5;i++) p=Object.create(p); Reflect.set(p,'x',1)
// --- proxy_chain_call
let p=()=>{}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); p()
// --- proxy_chain_construct
let p=function(){}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); new p()
// --- proxy_chain_define
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); Object.defineProperty(p,'x',{value:1})
// --- proxy_chain_delete
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); delete p.x
// --- proxy_chain_extensible
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); Object.isExtensible(p)
// --- proxy_chain_forin
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); for(const k in p);
// --- proxy_chain_get
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); p.x
// --- proxy_chain_gopd
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); Object.getOwnPropertyDescriptor(p,'x')
// --- proxy_chain_has
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); 'x' in p
// --- proxy_chain_instanceof
let p=function(){}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); ({}) instanceof p
// --- proxy_chain_isarray
let p=[]; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); Array.isArray(p)
// --- proxy_chain_keys
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); Reflect.ownKeys(p)
// --- proxy_chain_prevent
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); Object.preventExtensions(p)
// --- proxy_chain_proto
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); Object.getPrototypeOf(p)
// --- proxy_chain_realm
let p=function(){}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); Reflect.construct(Array,[],p)
// --- proxy_chain_set
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); p.x=1
// --- proxy_chain_setproto
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); Object.setPrototypeOf(p,null)
// --- proxy_chain_species
let p=function(){}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); const a=[1]; a.constructor=p; a.map(x=>x)
// --- proxy_chain_tag
let p={}; for(let i=0;i<1e5;i++) p=new Proxy(p,{}); Object.prototype.toString.call(p)
// --- proxy_proto_get
let p=new Proxy({}, {}); const o=Object.create(p); Object.setPrototypeOf; const h={}; const q=new Proxy({}, {getPrototypeOf(){return q}, get(t,k,r){return Reflect.get(q,k,r)}}); q.x
// --- recursion
function f(){ f() } f()
// --- recursion_async
async function f(){ await f() } f().catch(e=>{ console.log('C',e.constructor.name); })
// --- recursion_class
class A { constructor(){ new A } } new A
// --- recursion_define
const p=new Proxy({}, {defineProperty(t,k,d){ return Reflect.defineProperty(p,k,d) }}); p.x=1
// --- recursion_eval
function f(){ eval('f()') } f()
// --- recursion_gen
function* g(){ yield* g() } g().next()
// --- recursion_hasinstance
const o={[Symbol.hasInstance](){ return 1 instanceof o }}; 1 instanceof o
// --- recursion_native
function f(){ [1].map(f) } f()
// --- recursion_reflect
function f(){ Reflect.construct(f,[]) } f()
// --- recursion_replace
function f(){ 'a'.replace(/a/,f) } f()
// --- recursion_sort
function f(){ [2,1].sort(f); return 0 } f()
// --- recursion_spread
const o={*[Symbol.iterator](){ yield [...o] }}; [...o]
// --- recursion_super
class A { get x(){ return 1 } } class B extends A { get x(){ return this.x } } new B().x
// --- recursion_tagged
function f(){ f`x` } f()
// --- recursion_toPrimitive
const o={[Symbol.toPrimitive](){ return `${o}` }}; `${o}`
// --- regexp_alternatives
new RegExp('a|'.repeat(1e6)).test('b')
// --- regexp_class_nested
new RegExp('['.repeat(1e5)+']'.repeat(1e5),'v'); 
// --- regexp_nested
new RegExp('('.repeat(1e5)+')'.repeat(1e5)); 
// --- regexp_nested_match
new RegExp('(?:'.repeat(200)+'a'+')*'.repeat(200)).test('a'.repeat(1e5))
// --- rope_both
let s='x'.repeat(20), t=s; for(let i=0;i<20;i++) { s=s+t; t=t+s; } s.charCodeAt(5)
// --- rope_left
let s=''; for(let i=0;i<1e6;i++) s='x'.repeat(20)+s; s.charCodeAt(5)
// --- species
class A extends Array { static get [Symbol.species](){ return new A().map(x=>x) } } new A(1).map(x=>x)
// --- tostring
const o={toString(){return ''+this}}; ''+o
// --- valueof
const o={valueOf(){return +this}}; +o
// --- wrapped_fn
const r=new ShadowRealm(); let f=()=>1; const w=r.evaluate('f=>f'); for(let i=0;i<2e5;i++) f=w(f); try { f() } catch(e) { throw new RangeError }
// --- yieldstar
function*g(n){ if(n) yield* g(n-1); else yield 1 } g(1e6).next()

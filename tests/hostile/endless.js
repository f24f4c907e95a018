// Programs that would run for ever, or nearly, inside one native operation or between many: the time limit
// ends each of them, if it is not memory that they meet first.
// flags: --heap-limit=64m --time-limit=0.5
// ends: time
// --- array_concat
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.concat.call(o,0);
// --- array_copyWithin
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.copyWithin.call(o,1,0);
// --- array_copywithin
const a=[]; a.length=2**32-1; a.copyWithin(0,1)
// --- array_every
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.every.call(o,()=>true);
// --- array_filter
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.filter.call(o,()=>true);
// --- array_find
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.find.call(o,()=>false);
// --- array_findLast
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.findLast.call(o,()=>false);
// --- array_flat
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.flat.call(o);
// --- array_flatMap
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.flatMap.call(o,x=>x);
// --- array_flat_depth
const a=[]; a.length=2**32-2; a.flat(Infinity)
// --- array_forEach
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.forEach.call(o,()=>{});
// --- array_includes
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.includes.call(o,1);
// --- array_indexOf
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.indexOf.call(o,1);
// --- array_lastIndexOf
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.lastIndexOf.call(o,1);
// --- array_reduce
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.reduce.call(o,(a,b)=>a,0);
// --- array_reduceRight
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.reduceRight.call(o,(a,b)=>a,0);
// --- array_reverse
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.reverse.call(o);
// --- array_shift
const a=[1]; a.length=2**32-2; a.shift()
// --- array_some
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.some.call(o,()=>false);
// --- array_sort
const a=Array.from({length:2**18},(_, i)=>i*7919%1000003); for(;;) a.toSorted()
// --- array_sort_strings
const a=Array.from({length:2**16},(_, i)=>'x'.repeat(100)+i); for(;;) a.toSorted()
// --- array_sparse_join
const a=[]; a.length=2**32-1; a.join('')
// --- array_sparse_reverse
const a=[]; a.length=2**32-1; a.reverse()
// --- array_sparse_sort
const a=[]; a.length=2**32-1; a.sort()
// --- array_splice
const a=[]; a.length=2**32-2; a.splice(0,1,1,2)
// --- array_toLocaleString
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.toLocaleString.call(o);
// --- array_unshift
const a=[]; a.length=2**32-2; a.unshift(1)
// --- arraybuffer_slice
const b=new ArrayBuffer(2**24); for(;;) b.slice(0)
// --- async
(async()=>{for(;;) await 0})()
// --- atomics_wait
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,1e9)
// --- base64
const u=new Uint8Array(2**23); for(;;) Uint8Array.fromBase64(u.toBase64())
// --- base64_to
const u=new Uint8Array(2**24+1); for(;;) u.toBase64(), u.toBase64({alphabet:'base64url'})
// --- base64_set
const s='AAAA'.repeat(2**22), u=new Uint8Array(2**24); for(;;) u.setFromBase64(s)
// --- hex_to
const u=new Uint8Array(2**23); for(;;) u.toHex()
// --- hex_from
const s='00'.repeat(2**22); for(;;) Uint8Array.fromHex(s)
// --- hex_set
const s='00'.repeat(2**22), u=new Uint8Array(2**24); for(;;) u.setFromHex(s)
// --- bigint_div
const a=3n**9000000n, b=7n**1500000n; for(;;) a/b
// --- bigint_mul
let a=3n**1000000n; for(;;) a*a
// --- bigint_parse
BigInt('9'.repeat(2**22))
// --- bigint_pow
for (;;) 3n**(2n**24n)
// --- bigint_pow2
for(;;) (2n**5000000n+1n)**9n
// --- bigint_tostring
(3n**6000000n).toString()
// --- bigint_tostring36
(3n**9000000n).toString(36)
// --- dataview
const d=new DataView(new ArrayBuffer(8)); for(;;) d.getFloat64(0)
// --- date_parse
const s='('.repeat(2**22); for(;;) Date.parse(s)
// --- destructure
const next=Object.bind(null,{value:['a',2],done:false}); const [,...x]={[Symbol.iterator](){return{next}}}
// --- encodeuri
const s='\u0390'.repeat(2**20); for(;;) encodeURIComponent(s)
// --- escape
const s='\u0390'.repeat(2**20); for(;;) unescape(escape(s))
// --- eval
for(;;) eval('1')
// --- for
for(;;);
// --- freeze
const a=Array.from({length:1e6},()=>1); for(;;) { Object.isFrozen(a); Object.entries(a); }
// --- from_endless
Array.from({[Symbol.iterator](){return {next(){return {value:1,done:false}}}}})
// --- from_native_endless
const it={__proto__:Iterator.prototype,next(){return{value:0,done:false}}}; it.drop(Infinity).next()
// --- fromcharcode
const a=new Array(100000).fill(65); for(;;) String.fromCharCode(...a)
// --- fromentries
const next=Object.bind(null,{value:['a',2],done:false}); Object.fromEntries({[Symbol.iterator](){return{next}}})
// --- function
for(;;) new Function('return 1')
// --- generator_return
function* g(){ for(;;) try { yield 1 } finally { continue } } const i=g(); i.next(); for(;;) i.return()
// --- getters_chain
const o={get a(){ return this.b }, get b(){ return 1}}; for(;;) o.a
// --- hash
const s='a'.repeat(2**24); for(let i=0;;i++) ({})[s+i]
// --- iter_helpers
const it={__proto__:Iterator.prototype,next:Function.prototype.bind.call(Object, null, {value:0,done:false})}; it.some(Boolean)
// --- iter_native
const next=Object.bind(null,{value:0,done:false}); for (const x of {[Symbol.iterator](){return{next}}});
// --- json_stringify
const a=Array.from({length:2**19},(_, i)=>i); for(;;) JSON.stringify(a)
// --- json_stringify_keys
JSON.stringify({}, new Proxy([], {get(t,k){ return k==='length'?2**53-1:'a'}}))
// --- json_stringify_like
JSON.stringify(new Proxy([], {get(t,k){ return k==='length'?2**53-1:t[k]}}))
// --- map_native
const next=Object.bind(null,{value:[1,2],done:false}); new Map({[Symbol.iterator](){return{next}}})
// --- matchall
const s='a'.repeat(2**22); for(;;) [...s.matchAll(/x*/g)].length
// --- matchall_big
'a'.repeat(2**24).match(/(?:)/g)
// --- microtasks
const f=()=>{ Promise.resolve().then(f) }; f()
// --- number_parse
const s='1'.repeat(2**24); for(;;) Number(s)
// --- number_parse2
const s='0.'+'0'.repeat(2**24)+'1'; for(;;) parseFloat(s)
// --- object_assign
const o={}; for(let i=0;i<1e5;i++) o['k'+i]=i; for(;;) Object.assign({},o)
// --- object_keys
const o={}; for(let i=0;i<1e5;i++) o['k'+i]=i; for(;;) Object.keys(o)
// --- parse_big
const s='1+'.repeat(2**20)+'1'; for(;;) try{ eval(s)}catch{}
// --- parse_big2
const s='a=[1,2,3];'.repeat(2**18); for(;;) try{ (0,eval)(s)}catch{}
// --- parseint
const s='7'.repeat(2**24); for(;;) parseInt(s,7)
// --- proxy_instanceof
const p=new Proxy({}, {getPrototypeOf(){return p}}); p instanceof Object
// --- proxy_proto
const p=new Proxy({}, {getPrototypeOf(){return p}}); ({}) instanceof Object; Object.prototype.isPrototypeOf.call({}, p)
// --- queueMicrotask
const f=()=>queueMicrotask(f); f()
// --- regexp
/^(a+)+$/.test('a'.repeat(40)+'b')
// --- regexp2
/(x+x+)+y/.exec('x'.repeat(50))
// --- regexp_backref
/(.*)\1\1x/s.test('a'.repeat(2**15))
// --- regexp_quadratic
const s='a'.repeat(2**22); /a*b/g.test(s)
// --- regexp_replace_empty
const s='a'.repeat(2**25); for(;;) s.replace(/(?:)/g,'')
// --- regexp_scan
const s='a'.repeat(2**24); for(;;) /a*b/.test(s)
// --- regexp_split
const s='a'.repeat(2**18); for(;;) s.split(/(?:)/u)
// --- replace_fn
const s='a'.repeat(2**18); for(;;) s.replace(/a/g, Boolean)
// --- set_isdisjoint
const s=new Set(); for(let i=0;i<1e5;i++)s.add(i); for(;;) s.isSubsetOf(s)
// --- set_native
const next=Object.bind(null,{value:0,done:false}); new Set({[Symbol.iterator](){return{next}}})
// --- set_union
const s={size:1,has(){return true},keys(){return {next:Object.bind(null,{value:1,done:false})}}}; new Set([1]).union(s)
// --- sort_cmp
const a=Array.from({length:2**20},(_, i)=>i); a.sort(()=>0); for(;;) a.sort(Math.max)
// --- splice_proxy
Array.prototype.splice.call(new Proxy({}, {get(t,k){return k==='length'?2**53-1:1}, has(){return true}, set(){return true}, deleteProperty(){return true}}), 0, 1)
// --- spread
const next=Object.bind(null,{value:['a',2],done:false}); [...{[Symbol.iterator](){return{next}}}]
// --- string_localecompare
const s='\u0390'.repeat(2**22); for(;;) s.localeCompare(s+'a')
// --- string_normalize
const s='\u0344'.repeat(2**21); for(;;) s.normalize('NFKD')
// --- string_normalize_marks
const s='a'+'\u0301\u0316'.repeat(2**21); for(;;) s.normalize('NFD')
// --- string_pad
for(;;) ''.padStart(2**24,'ab')
// --- string_repeat
for(;;) 'ab'.repeat(2**23)
// --- string_replaceall
const s='a'.repeat(2**24); for(;;) s.replaceAll('aa'.repeat(2**22)+'b','')
// --- string_split
const s='a'.repeat(2**24); for(;;) s.split('a'.repeat(2**23)+'b')
// --- string_trim
const s=' '.repeat(2**24); for(;;) (s+'x'+s).trim()
// --- string_upper
const s='\u0390'.repeat(2**20); for(;;) s.toUpperCase()
// --- structuredclone
const a=Array.from({length:2**19},(_, i)=>({i})); for(;;) structuredClone(a)
// --- thenable
const t={then(r){r(t)}}; Promise.resolve(t)
// --- thenable_native
let p; const t={}; t.then=Function.prototype.call.bind(Function.prototype.call, function(r){r(t)}, null); Promise.resolve(t)
// --- timers
const f=()=>setTimeout(f,0); f()
// --- toLocale
const a=Array.from({length:2**20},()=>1); for(;;) a.toLocaleString()
// --- typed_fill
const t=new Uint8Array(2**24); for(;;) t.fill(1)
// --- typed_from_like
Uint8Array.from({length:2**24}); new Uint8Array({length:2**25}); for(;;);
// --- typed_indexof
const t=new Uint8Array(2**25); for(;;) t.indexOf(7)
// --- typed_join
const t=new Float64Array(2**22); for(;;) t.join()
// --- typed_reverse
const t=new Float64Array(2**22); for(;;) t.reverse()
// --- typed_set
const t=new Float64Array(2**22), u=new Float32Array(2**22); for(;;) t.set(u)
// --- typed_sort_cmp
const t=new Float64Array(2**19).fill(1); t.sort((a,b)=>0); for(;;) t.toSorted((a,b)=>b-a)
// --- weakmap_chain
const m=new WeakMap(); const head={}; let k=head; for(let i=0;i<300000;i++){const n={}; m.set(k,n); k=n;} for(;;) new Array(1000).fill({})
// --- weakmap_reverse_chain
const m=new WeakMap(); const ks=[]; let n={}; for(let i=0;i<200000;i++){const k={}; m.set(k,n); n=k;} globalThis.h=n; for(;;) new Array(1000).fill({})
// --- weakset_native
const o={}; const next=Object.bind(null,{value:o,done:false}); new WeakSet({[Symbol.iterator](){return{next}}})
// --- string_search_wide
const s = 'a'.repeat(2 ** 22) + '\u0100'; for (;;) s.indexOf('a'.repeat(2 ** 21) + 'b')
// --- string_search_mixed
const s = 'a'.repeat(2 ** 23); for (;;) s.includes('\u0100' + 'a'.repeat(2 ** 21)), s.includes('a'.repeat(2 ** 21) + '\u0100')
// --- string_search_backwards
const s = 'a'.repeat(2 ** 23); for (;;) s.lastIndexOf('b' + 'a'.repeat(2 ** 22))
// --- string_replace_wide
const s = 'a'.repeat(2 ** 21) + '\u0100'; for (;;) s.replaceAll('a'.repeat(2 ** 20) + 'b', 'c')
// --- typed_sort
const t = new Float64Array(2 ** 20); for (let i = 0; i < t.length; i++) t[i] = (i * 7919) % 65537; for (;;) t.slice().sort()
// --- typed_last_index_of
const t = new Int16Array(2 ** 24); for (;;) t.lastIndexOf(7, -1), t.includes(7)
// --- typed_copies
const t = new Float32Array(2 ** 22), u = new Float64Array(t.buffer, 0, 2 ** 20); for (;;) t.set(u), t.copyWithin(1, 0), t.toReversed()

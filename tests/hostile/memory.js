// Programs that take memory without end, or at once: each ends in a RangeError or at the heap's limit, and
// stays near it.
// flags: --heap-limit=64m --time-limit=30
// ends: memory
// --- apply
Math.max.apply(null,new Array(1e7))
// --- args
(function f(...a){ f(...a,...a) })(1)
// --- array_concat
let a=[1]; for(;;) a=a.concat(a)
// --- array_entries
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.entries.call(o).toArray();
// --- array_fill
new Array(2**25).fill(1)
// --- array_flat
let a=[1,2]; for(let i=0;i<30;i++) a=[a,a]; a.flat(Infinity)
// --- array_from
Array.from({length:2**25})
// --- array_keys
const o={length:2**53-1, concat: Array.prototype.concat, join:Array.prototype.join, [Symbol.isConcatSpreadable]:true};
Array.prototype.keys.call(o).toArray();
// --- array_numbers
const a=[]; for(;;) a.push(1.5)
// --- array_push
const a=[]; for(;;) a.push({})
// --- arraybuffer
const a=[]; for(;;) a.push(new ArrayBuffer(1e6))
// --- arraybuffer_resizable
const a=[]; for(;;) a.push(new ArrayBuffer(1e6,{maxByteLength:2**28}))
// --- async_gens
const a=[]; async function*g(){ yield 1 } for(;;) { const i=g(); i.next(); a.push(i) }
// --- bigint
let a=3n; for(;;) a=a*a
// --- bigint_keep
const a=[]; for(let i=0n;;i++) a.push((1n<<100000n)+i)
// --- bound
let f=()=>{}; for(;;) f=f.bind()
// --- closures
const a=[]; for(let i=0;;i++) a.push(()=>i)
// --- date
const a=[]; for(;;) a.push(new Date())
// --- disposable
const d=new DisposableStack(); for(;;) d.defer(()=>{})
// --- errors
const a=[]; for(;;) a.push(new Error('x'))
// --- eval_source
const a=[]; for(let i=0;;i++) a.push(eval('(function(){/*'+'x'.repeat(1e5)+'*/ return '+i+'})'))
// --- exec_groups
const a=[]; const r=/(a)(b)(c)?/d; for(;;) a.push(r.exec('ab'))
// --- finreg
const r=new FinalizationRegistry(()=>{}), o={}; for(;;) r.register(o,1)
// --- functions
const a=[]; for(let i=0;;i++) a.push(new Function('return '+i))
// --- generators
const a=[]; function*g(){yield 1} for(;;) { const i=g(); i.next(); a.push(i) }
// --- groupby
let i=0; Object.groupBy({[Symbol.iterator](){return{next(){return{value:i++,done:false}}}}}, x=>x)
// --- immediates
for(;;) setImmediate(()=>{})
// --- iter_toarray
Iterator.from({next:Object.bind(null,{value:1,done:false})}).toArray()
// --- jobs
for(;;) Promise.resolve().then(()=>{})
// --- join
Array(2**20).fill('x'.repeat(1000)).join()
// --- join_nested
let a=['x'.repeat(1000)]; for(let i=0;i<40;i++) a=[a,a]; String(a)
// --- json_parse
JSON.parse('['+'{},'.repeat(2**22)+'1]')
// --- json_stringify
const a=Array(2**20).fill('x'.repeat(100)); JSON.stringify(a)
// --- labels
const a=[]; for(let i=0;;i++) a.push(`${i}`+'y'.repeat(20))
// --- listeners
const t=new EventTarget(); for(let i=0;;i++) t.addEventListener('x'+i,()=>{})
// --- map
const m=new Map(); for(let i=0;;i++) m.set(i,i)
// --- matchall
'ab'.repeat(2**24).match(/(a)(b)/g)
// --- normalize
'\uFDFA'.repeat(2**23).normalize('NFKD')
// --- object_keys
const o={}; for(let i=0;;i++) o['k'+i]=i
// --- object_sparse
const o={}; for(let i=0;;i++) o[i*1000003%4294967291]=i
// --- pad
'x'.padEnd(2**28).split('')
// --- private
const a=[]; for(;;) a.push(class { #x=1; #y=2; static z=1 })
// --- promise_race
const next=Object.bind(null,{value:1,done:false}); Promise.race({[Symbol.iterator](){return{next}}})
// --- promise_then
const p=new Promise(()=>{}); for(;;) p.then(()=>{})
// --- promises
const a=[]; for(;;) a.push(new Promise(()=>{}))
// --- proxy
let p={}; for(;;) p=new Proxy(p,{})
// --- regexp
const a=[]; for(let i=0;;i++) { const r=new RegExp('(?:[a-z]{100}|'+i+'){100}'); r.test('a'); a.push(r) }
// --- replace
'x'.repeat(2**22).replace(/x/g,'y'.repeat(1000))
// --- replaceall
'x'.repeat(2**22).replaceAll('x','y'.repeat(1000))
// --- set
const m=new Set(); for(let i=0;;i++) m.add('k'+i)
// --- set_union
let i=0; new Set().union({size:1,has(){},keys(){return {next(){return{value:i++,done:false}}}}})
// --- shadowrealm
const a=[]; for(;;) a.push(new ShadowRealm())
// --- slices
const a=[]; const s='x'.repeat(1e6); for(let i=0;;i++) a.push((s+i).slice(1))
// --- sparse_keys
const a=[]; a[2**31]=1; for(let i=0;;i++) a[i*2]=i
// --- split
'x'.repeat(2**25).split('')
// --- split_regexp
'ab'.repeat(2**24).split(/(a)/)
// --- spread
const s=[...'x'.repeat(2**25)]
// --- stack_string
const a=[]; for(;;) { const e=new Error('x'.repeat(1e4)); a.push(e.stack) }
// --- string_concat
let s='x'; for(;;) s+=s
// --- string_keep
const a=[]; for(;;) a.push('x'.repeat(1e5)+a.length)
// --- structuredclone
const a=Array.from({length:4e5},()=>({})); const b=[]; for(;;) b.push(structuredClone(a))
// --- symbolfor
for(let i=0;;i++) Symbol.for('x'.repeat(100)+i)
// --- symbols
const a=[]; for(let i=0;;i++) a.push(Symbol('x'+i))
// --- timers
for(;;) setTimeout(()=>{}, 1e6)
// --- typed
const a=[]; for(;;) a.push(new Float64Array(1e5))
// --- unhandled
for(;;) Promise.reject(1)
// --- upper
'\u0390'.repeat(2**24).toUpperCase()
// --- weakmap
const m=new WeakMap(), k=[]; for(;;) { const o={}; m.set(o,1); k.push(o) }
// --- weakrefs
const a=[]; for(;;) a.push(new WeakRef({}))

console.log("Straße".toUpperCase(), "ÀÉÿ".toUpperCase(), "ΑΣ ΑΣΑ".toLowerCase(), "İ".toLowerCase().length, "ŉ".toUpperCase());
// expect: STRASSE ÀÉŸ ας ασα 2 ʼN
console.log("e\u0301" === "é".normalize("NFD"), "e\u0301".normalize() === "é", "ﬁ①ｶﾞ".normalize("NFKC"), "ﷺ".normalize("NFKD").length);
// expect: true true fi1ガ 18
// Long texts go in chunks.
const unit = "e\u0301ﬁ Σ";
console.log(unit.repeat(20000).normalize("NFKC") === unit.normalize("NFKC").repeat(20000),
            unit.repeat(20000).toLowerCase() === (unit.repeat(2).toLowerCase().slice(0, unit.length)).repeat(19999) + unit.toLowerCase().slice(0, unit.length));
// expect: true true
console.log("a\ud800b".isWellFormed(), "a\ud800b".toWellFormed() === "a\ufffdb", "e\u0301".localeCompare("é"), "a".localeCompare("b"));
// expect: false true 0 -1

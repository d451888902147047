//! Snippets run in a context with the gaps closed; expectations are what V8 gives (zone: UTC+8).

use super::*;
use boa_engine::{
    Source,
    context::{ContextBuilder, HostHooks},
};
use std::{path::Path, rc::Rc};

struct China;

impl HostHooks for China {
    fn local_timezone_offset_seconds(&self, _: i64) -> i32 {
        8 * 3600
    }
}

fn context() -> Context {
    let mut context = ContextBuilder::new().host_hooks(Rc::new(China)).build().unwrap();
    install(&mut context).unwrap();
    context
}

/// The result of a snippet as text; an exception as `Name: message`.
fn run(code: &str) -> String {
    run_in(&mut context(), code)
}

fn run_in(context: &mut Context, code: &str) -> String {
    let source = Source::from_bytes(code).with_path(Path::new("a.js"));
    let value = match context.eval(source) {
        Ok(value) => value,
        Err(error) => error.into_opaque(context).unwrap(),
    };
    value.to_string(context).unwrap().to_std_string_escaped()
}

fn check(table: &[(&str, &str)]) {
    let mut context = context();
    let wrong: Vec<String> = table
        .iter()
        .map(|(code, expected)| (code, run_in(&mut context, code), expected))
        .filter(|(_, found, expected)| found != *expected)
        .map(|(code, found, expected)| format!("{code}\n   is {found}\n   not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dates_stay_dates() {
    check(&[
        (r##"new Date(2024,0,2).getTime()"##, r##"1704124800000"##),
        (r##"new Date(5).getTime()"##, r##"5"##),
        (r##"new Date(new Date(7)).getTime()"##, r##"7"##),
        (r##"new Date('2024/01/02') instanceof Date"##, r##"true"##),
        (r##"Date.length"##, r##"7"##),
        (r##"Date.name"##, r##"Date"##),
        (r##"Date.prototype.constructor === Date"##, r##"true"##),
        (r##"typeof Date()"##, r##"string"##),
        (r##"Date.parse('2024/01/02')"##, r##"1704124800000"##),
        (r##"Date.UTC(2024,0)"##, r##"1704067200000"##),
        (r##"Object.keys(Date).length"##, r##"0"##),
        (
            r##"class D extends Date { year() { return this.getFullYear() } }; var d = new D('2024/05/06'); [d.year(), d instanceof D, d instanceof Date, D.prototype.isPrototypeOf(d)].join()"##,
            r##"2024,true,true,true"##,
        ),
        (r##"Object.prototype.toString.call(new Date())"##, r##"[object Date]"##),
        (
            r##"new Date({ toString() { return '2024/01/02' } }).getTime()"##,
            r##"1704124800000"##,
        ),
        (r##"new Date(undefined).getTime()"##, r##"NaN"##),
        (r##"new Date(null).getTime()"##, r##"0"##),
        (r##"new Date(true).getTime()"##, r##"1"##),
        (r##"new Date(NaN).toString()"##, r##"Invalid Date"##),
        (r##"String(new Date('x'))"##, r##"Invalid Date"##),
        (
            r##"JSON.stringify(new Date('2024/01/02 03:04'))"##,
            r##""2024-01-01T19:04:00.000Z""##,
        ),
        (
            r##"Reflect.construct(Date, ['2024/01/02'], Object) instanceof Object"##,
            r##"true"##,
        ),
        (r##"new Date('2024/01/02') - new Date('2024/01/01')"##, r##"86400000"##),
        (
            r##"new Date(new String('2024/01/02')).getTime()"##,
            r##"1704124800000"##,
        ),
        (r##"Date.now() > 1e12"##, r##"true"##),
        (
            r##"Object.getOwnPropertyDescriptor(Date,'prototype').writable"##,
            r##"false"##,
        ),
        (
            r##"(function(){ try { new Date(Symbol()) } catch (e) { return e.name } })()"##,
            r##"TypeError"##,
        ),
        (r##"new Date('2024-01-02').getTime()"##, r##"1704153600000"##),
        (r##"Date.prototype.getTime.call(new Date(3))"##, r##"3"##),
    ]);
}

#[test]
fn regexp_statics() {
    check(&[
        (
            r##"/(a)(b)?/.exec('xaby'); [RegExp.$1, RegExp.$2, RegExp.$3, RegExp.lastMatch, RegExp['$&'], RegExp.lastParen, RegExp.leftContext, RegExp.rightContext, RegExp.input].join('|')"##,
            r##"a|b||ab|ab|b|x|y|xaby"##,
        ),
        (r##"/(\d+)-(\d+)/.test('12-34'); RegExp.$1 + RegExp.$2"##, r##"1234"##),
        (r##"'k=v'.replace(/(\w)=(\w)/, '$2=$1') + RegExp.$1"##, r##"v=kk"##),
        (
            r##"'k=v'.replace(/(\w)=(\w)/g, () => RegExp.$2) + RegExp.$1"##,
            r##"vk"##,
        ),
        (r##"'a1b2'.match(/[a-z](\d)/g); RegExp.$1"##, r##"2"##),
        (r##"'a,b'.split(/(,)/); RegExp.$1"##, r##","##),
        (r##"'2024'.search(/(0)(2)/); RegExp.$2"##, r##"2"##),
        (r##"[...'a1b2'.matchAll(/([a-z])/g)].length + RegExp.$1"##, r##"2b"##),
        (
            r##"var f='yyyy-MM'; if (/(y+)/.test(f)) f = f.replace(RegExp.$1, ('2024').substr(4 - RegExp.$1.length)); f"##,
            r##"2024-MM"##,
        ),
        (r##"typeof RegExp.$9"##, r##"string"##),
        (r##"RegExp.$1 = 'x'; /(a)/.test('a'); RegExp.$1"##, r##"a"##),
        (r##"/a/.exec.name + /a/.exec.length"##, r##"exec1"##),
        (
            r##"'use strict'; /(?<=\$)(\d+)/.exec('a$42')[0] + RegExp.$1"##,
            r##"4242"##,
        ),
        (r##"/(?<y>\d{4})/u.exec('in 2024').groups.y"##, r##"2024"##),
    ]);
}

#[test]
fn json_parse() {
    check(&[
        (
            r##"JSON.stringify(JSON.parse('{"a":[1,2.5,-0,1e3,true,false,null,"x"],"b":{}}'))"##,
            r##"{"a":[1,2.5,0,1000,true,false,null,"x"],"b":{}}"##,
        ),
        (r##"Object.is(JSON.parse('-0'), -0)"##, r##"true"##),
        (r##"JSON.parse('"\\ud83d\\ude00\\n\\/\\u0041"')"##, "😀\n/A"),
        (r##"JSON.parse('"\\ud800"').charCodeAt(0)"##, r##"55296"##),
        (r##"JSON.parse('{"__proto__":1}').__proto__"##, r##"1"##),
        (
            r##"Object.keys(JSON.parse('{"b":1,"a":2,"1":3,"0":4}')).join()"##,
            r##"0,1,b,a"##,
        ),
        (r##"JSON.parse('{"a":1,"a":2}').a"##, r##"2"##),
        (r##"JSON.parse(' \t\n\r[ 1 , 2 ] ').length"##, r##"2"##),
        (r##"JSON.parse('12345678901234567890')"##, r##"12345678901234567000"##),
        (r##"JSON.parse('1e400')"##, r##"Infinity"##),
        (r##"JSON.parse('"中文"')"##, r##"中文"##),
        (r##"JSON.parse('{"键":"值","k":"v"}').键"##, r##"值"##),
        (r##"JSON.parse('[]').constructor === Array"##, r##"true"##),
        (
            r##"JSON.parse('{"a":{"b":1}}', (k, v) => typeof v === 'number' ? v + 1 : v).a.b"##,
            r##"2"##,
        ),
        (
            r##"JSON.stringify(JSON.parse('{"a":1,"b":[1,2]}', function (k, v) { return k === 'a' ? undefined : v }))"##,
            r##"{"b":[1,2]}"##,
        ),
        (
            r##"JSON.stringify(JSON.parse('[1,2,3]', (k, v) => k === '1' ? undefined : v))"##,
            r##"[1,null,3]"##,
        ),
        (
            r##"var ks = []; JSON.parse('{"a":[1,{"b":2}]}', function (k, v) { ks.push(k); return v }); ks.join('|')"##,
            r##"0|b|1|a|"##,
        ),
        (r##"JSON.parse(1)"##, r##"1"##),
        (r##"JSON.parse(null)"##, r##"null"##),
        (r##"JSON.parse('123').toFixed(1)"##, r##"123.0"##),
        (r##"JSON.parse({ toString() { return '[7]' } })[0]"##, r##"7"##),
        (r##"JSON.parse.length + JSON.parse.name"##, r##"2parse"##),
        (r##"JSON.parse('1.0')"##, r##"1"##),
        (r##"JSON.parse('0.1e-2')"##, r##"0.001"##),
        (r##"JSON.parse('4294967296')"##, r##"4294967296"##),
        (r##"JSON.parse('2147483648') + 1"##, r##"2147483649"##),
        (
            r##"Object.getOwnPropertyDescriptor(JSON.parse('{"a":1}'), 'a').configurable"##,
            r##"true"##,
        ),
        (r##"JSON.parse('{"constructor":1}').constructor"##, r##"1"##),
        (r##"JSON.parse('{"length":1}').length"##, r##"1"##),
        (r##"JSON.parse('"\u2028"').length"##, r##"1"##),
        (r##"JSON.parse('"'+'x'.repeat(100)+'"').length"##, r##"100"##),
        (r##"JSON.parse('[[[[]]]]')[0][0][0].length"##, r##"0"##),
        (
            r##"JSON.parse('[' .repeat(50000) + ']'.repeat(50000)).length"##,
            r##"1"##,
        ),
        (r##"JSON.parse('{"":1}')['']"##, r##"1"##),
        (r##"JSON.parse('true')"##, r##"true"##),
    ]);
}

#[test]
fn json_stringify() {
    check(&[
        (
            r##"JSON.stringify({ a: undefined, b() {}, c: Symbol(), d: null, e: NaN, f: Infinity, g: -0, h: 'x' })"##,
            r##"{"d":null,"e":null,"f":null,"g":0,"h":"x"}"##,
        ),
        (
            r##"JSON.stringify([undefined, () => 1, Symbol(), null])"##,
            r##"[null,null,null,null]"##,
        ),
        (r##"JSON.stringify(undefined)"##, r##"undefined"##),
        (r##"JSON.stringify(() => 1)"##, r##"undefined"##),
        (r##"JSON.stringify('\ud800a')"##, r##""\ud800a""##),
        (r##"JSON.stringify('\ud83d\ude00')"##, r##""😀""##),
        (r##"JSON.stringify({ z: 1, a: 2, 1: 3 })"##, r##"{"1":3,"z":1,"a":2}"##),
        (
            r##"JSON.stringify({ a: [1, { b: 2 }], c: {} , d: []}, null, 2)"##,
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}",
        ),
        (r##"JSON.stringify({ a: 1 }, null, '--')"##, "{\n--\"a\": 1\n}"),
        (r##"JSON.stringify([1], null, 20)"##, "[\n          1\n]"),
        (r##"JSON.stringify([1], null, 'abcdefghijklmno')"##, "[\nabcdefghij1\n]"),
        (
            r##"JSON.stringify({ a: 1, b: 2, c: { a: 3, d: 4 } }, ['a', 'c'])"##,
            r##"{"a":1,"c":{"a":3}}"##,
        ),
        (r##"JSON.stringify({ 1: 1, 2: 2 }, [1])"##, r##"{"1":1}"##),
        (
            r##"JSON.stringify({ a: 1, b: 'x' }, (k, v) => typeof v === 'number' ? v * 2 : v)"##,
            r##"{"a":2,"b":"x"}"##,
        ),
        (
            r##"JSON.stringify({ a: 1 }, function (k, v) { return k === 'a' ? undefined : v })"##,
            r##"{}"##,
        ),
        (r##"JSON.stringify({ toJSON() { return { x: 1 } } })"##, r##"{"x":1}"##),
        (
            r##"JSON.stringify({ a: { toJSON(k) { return 'key ' + k } } })"##,
            r##"{"a":"key a"}"##,
        ),
        (
            r##"JSON.stringify([{ toJSON(k) { return typeof k + k } }])"##,
            r##"["string0"]"##,
        ),
        (r##"JSON.stringify(new Date(0))"##, r##""1970-01-01T00:00:00.000Z""##),
        (
            r##"JSON.stringify([new Number(1), new String('s'), new Boolean(false)])"##,
            r##"[1,"s",false]"##,
        ),
        (r##"JSON.stringify(Object.create({ inherited: 1 }))"##, r##"{}"##),
        (r##"JSON.stringify(new Map([[1, 2]]))"##, r##"{}"##),
        (r##"JSON.stringify(new Uint8Array([1, 2]))"##, r##"{"0":1,"1":2}"##),
        (r##"JSON.stringify(new Proxy({ a: 1 }, {}))"##, r##"{"a":1}"##),
        (r##"JSON.stringify(new Proxy([1, 2], {}))"##, r##"[1,2]"##),
        (r##"JSON.stringify({ get a() { return 5 } })"##, r##"{"a":5}"##),
        (
            r##"JSON.stringify(Object.defineProperty({ b: 1 }, 'a', { value: 1, enumerable: false }))"##,
            r##"{"b":1}"##,
        ),
        (r##"JSON.stringify(new (class A { x = 1; y() {} })())"##, r##"{"x":1}"##),
        (r##"JSON.stringify(/a/)"##, r##"{}"##),
        (r##"JSON.stringify(new Error('x'))"##, r##"{}"##),
        (
            r##"JSON.stringify((function () { return arguments })(1, 2))"##,
            r##"{"0":1,"1":2}"##,
        ),
        (r##"JSON.stringify(1e21)"##, r##"1e+21"##),
        (r##"JSON.stringify(0.1)"##, r##"0.1"##),
        (r##"JSON.stringify(123456789012)"##, r##"123456789012"##),
        (r##"JSON.stringify({ a: 'é' })"##, r##"{"a":"é"}"##),
        (r##"JSON.stringify({ é: '中' })"##, r##"{"é":"中"}"##),
        (
            r##"JSON.stringify(Object.create(null, { a: { value: 1, enumerable: true } }))"##,
            r##"{"a":1}"##,
        ),
        (r##"JSON.stringify([, 1])"##, r##"[null,1]"##),
        (r##"JSON.stringify(globalThis.nothing)"##, r##"undefined"##),
        (r##"JSON.stringify.length + JSON.stringify.name"##, r##"3stringify"##),
        (r##"JSON.stringify({ a: 1n === 1n })"##, r##"{"a":true}"##),
        (
            r##"var o = {}; o.o = o; try { JSON.stringify(o) } catch (e) { e.name + ': ' + e.message }"##,
            "TypeError: Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    --- property 'o' closes the circle",
        ),
        (
            r##"var a = { b: [{}] }; a.b[0].c = a; try { JSON.stringify(a) } catch (e) { e.message }"##,
            "Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    |     property 'b' -> object with constructor 'Array'\n    |     index 0 -> object with constructor 'Object'\n    --- property 'c' closes the circle",
        ),
        (
            r##"var p = { q: { r: { s: { t: {} } } } }; p.q.r.s.t.u = p; try { JSON.stringify(p) } catch (e) { e.message }"##,
            "Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    |     property 'q' -> object with constructor 'Object'\n    |     property 'r' -> object with constructor 'Object'\n    |     ...\n    |     property 't' -> object with constructor 'Object'\n    --- property 'u' closes the circle",
        ),
        (
            r##"class K { constructor() { this.me = this } }; try { JSON.stringify({ k: new K() }) } catch (e) { e.message }"##,
            "Converting circular structure to JSON\n    --> starting at object with constructor 'K'\n    --- property 'me' closes the circle",
        ),
        (
            r##"try { JSON.stringify(1n) } catch (e) { e.name + ': ' + e.message }"##,
            r##"TypeError: Do not know how to serialize a BigInt"##,
        ),
        (
            r##"var s = { x: 1 }; JSON.stringify([s, s])"##,
            r##"[{"x":1},{"x":1}]"##,
        ),
        (
            r##"try { JSON.stringify({ get a() { throw new Error('no') } }) } catch (e) { e.message }"##,
            r##"no"##,
        ),
        (r##"JSON.stringify('x', null, 2)"##, r##""x""##),
        (r##"JSON.stringify({ a: undefined }, null, 2)"##, r##"{}"##),
        (r##"JSON.stringify([[]], null, 1)"##, "[\n []\n]"),
        (
            r##"JSON.stringify({a:{}}, null, new String('  '))"##,
            "{\n  \"a\": {}\n}",
        ),
        (r##"JSON.stringify(Object('x'))"##, r##""x""##),
        (r##"JSON.stringify({[Symbol('a')]: 1, b: 2})"##, r##"{"b":2}"##),
        (r##"JSON.stringify(true)"##, r##"true"##),
        (
            r##"JSON.stringify({a:[undefined]}, (k,v)=>v===undefined?'u':v)"##,
            r##"{"a":["u"]}"##,
        ),
    ]);
}

#[test]
fn dates_from_texts() {
    let mut context = context();
    let mut wrong = Vec::new();
    for (text, expected) in DATES {
        let code = format!("new Date({}).getTime()", serde_json::to_string(text).unwrap());
        let found = context.eval(Source::from_bytes(&code)).unwrap().as_number().unwrap();
        if !(found == *expected || found.is_nan() && expected.is_nan()) {
            wrong.push(format!("{text}: {found} not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const DATES: &[(&str, f64)] = &[
    ("2024", 1704067200000.0),
    ("2024-01", 1704067200000.0),
    ("2024-01-02", 1704153600000.0),
    ("2024-01-02T03:04", 1704135840000.0),
    ("2024-01-02T03:04:05", 1704135845000.0),
    ("2024-01-02T03:04:05.6", 1704135845600.0),
    ("2024-01-02T03:04:05.678Z", 1704164645678.0),
    ("2024-01-02T03:04:05+08:00", 1704135845000.0),
    ("2024-01-02T24:00:00", 1704211200000.0),
    ("+012024-01-02", 317273673600000.0),
    ("-000001-01-01", -62198755200000.0),
    ("2024-13-01", f64::NAN),
    ("2024-02-30", 1709251200000.0),
    ("2024-1-2", 1704124800000.0),
    ("2024-01-2", 1704124800000.0),
    ("2024/01/02", 1704124800000.0),
    ("2024/1/2 3:04", 1704135840000.0),
    ("2024/01/02 03:04:05", 1704135845000.0),
    ("2024-01-02 03:04:05", 1704135845000.0),
    ("2024-01-02 03:04:05.678", 1704135845678.0),
    ("2024-01-02 03:04", 1704135840000.0),
    ("2024-1-2 3:4:5", 1704135845000.0),
    ("2024.01.02", 1704124800000.0),
    ("2024.1.2 10:00", 1704160800000.0),
    ("1/2/2024", 1704124800000.0),
    ("1/2/24", 1704124800000.0),
    ("01/02/99", 915206400000.0),
    ("1/2", 978364800000.0),
    ("Jan 2, 2024", 1704124800000.0),
    ("Jan 2 2024", 1704124800000.0),
    ("January 2, 2024 10:00:00", 1704160800000.0),
    ("2 January 2024 10:00", 1704160800000.0),
    ("2 Jan 2024", 1704124800000.0),
    ("2-Jan-2024", 1704124800000.0),
    ("Tue Jan 02 2024 03:04:05 GMT+0800 (CST)", 1704135845000.0),
    ("Tue, 02 Jan 2024 03:04:05 GMT", 1704164645000.0),
    ("Tue Jan 02 2024 03:04:05 GMT+0800 (中国标准时间)", 1704135845000.0),
    ("2024-01-02 03:04:05 +0800", 1704135845000.0),
    ("2024-01-02 03:04:05Z", 1704164645000.0),
    ("2024-01-02 03:04:05+08:00", 1704135845000.0),
    ("2024/01/02 3:04 PM", 1704179040000.0),
    ("2024/01/02 12:00 AM", 1704124800000.0),
    ("2024/01/02 3:04PM", f64::NAN),
    ("12:00", f64::NAN),
    ("", f64::NAN),
    ("abc", f64::NAN),
    ("2024年1月2日", f64::NAN),
    ("undefined", f64::NAN),
    ("null", f64::NAN),
    ("NaN", f64::NAN),
    ("2024-01-02T3:4:5", f64::NAN),
    ("2024-01-02 25:00:00", f64::NAN),
    ("2024/02/30", 1709222400000.0),
    ("2024/1/32", f64::NAN),
    ("2024/13/1", f64::NAN),
    ("20240102", f64::NAN),
    ("2024-01-02T03:04:05.123456Z", 1704164645123.0),
    ("Thu, 01 Jan 1970 00:00:00 GMT+0200", -7200000.0),
    ("Jan 1 2024 EST", 1704085200000.0),
    ("2024-01-02T03:04:05 GMT", f64::NAN),
    ("2024-06-01 12:00:00 UTC", 1717243200000.0),
    ("12 Dec 2020 13:00", 1607749200000.0),
    ("2024/01", 1704038400000.0),
    ("2024/1", 1704038400000.0),
    ("2024-1", 1704038400000.0),
    ("  2024-01-02  ", 1704124800000.0),
    ("2024-01-02 ", 1704124800000.0),
    ("2024-01-02T", f64::NAN),
    ("2024-01-02 T 03:04", f64::NAN),
    ("1704164645000", f64::NAN),
    ("2024-01-02 03:04:05,678", f64::NAN),
    ("Sat, 2 Jan 2024", 1704124800000.0),
    ("foo 2024", 1704038400000.0),
    ("(comment) 2024/01/02", 1704124800000.0),
    ("2024/01/02 (x) 10:00", 1704160800000.0),
    ("2024-01-02-03", f64::NAN),
    ("2024-01-02 10", f64::NAN),
    ("0", 946656000000.0),
    ("32", 1956499200000.0),
    ("13", f64::NAN),
    ("1", 978278400000.0),
    ("99", 915120000000.0),
    ("2024-01-02T03:04:60", f64::NAN),
    ("2024/01/02 03:04:60", f64::NAN),
    ("2024-01-02 24:00", 1704211200000.0),
    ("Jan 32 2024", f64::NAN),
    ("Feb 30 2024", 1709222400000.0),
    ("2024 Jan 2", 1704124800000.0),
    ("2/1 2024 5:06:07.8", 1706735167800.0),
    ("2024-01-02 03:04:05.", f64::NAN),
    ("2024-W01", f64::NAN),
    ("2024-01-02T03:04:05z", 1704164645000.0),
    ("2024-01-02t03:04:05Z", 1704164645000.0),
    ("2024-01-02T03Z", f64::NAN),
    ("2024-01-02T03:04Z", 1704164640000.0),
    ("2024-01-02T03:04:05+0800", 1704135845000.0),
    ("2024-01-02T03:04:05+08", f64::NAN),
    ("12/25/1995 UTC+2", 819842400000.0),
    ("Mon, 25 Dec 1995 13:30:00 +0430", 819882000000.0),
    ("2024/01/02T03:04:05", f64::NAN),
    ("2024/01/02 03:04:05 GMT+8", 1704135845000.0),
    ("2024-01-02 03:04:05 GMT+08:00", 1704135845000.0),
    ("1 Jan 2024 Z", 1704067200000.0),
    ("2024--01", f64::NAN),
    ("2024-01-02 0:0", 1704124800000.0),
    ("2024-01-02 上午10:00", f64::NAN),
];

#[test]
fn json_escapes() {
    let mut context = context();
    let value = context
        .eval(Source::from_bytes(
            r#"JSON.stringify('"\\\n\u0001\u2028\u00e9\u4e2d/')"#,
        ))
        .unwrap();
    let text = value.as_string().unwrap().to_std_string_escaped();
    assert_eq!(text, "\"\\\"\\\\\\n\\u0001\u{2028}\u{e9}\u{4e2d}/\"");
}

#[test]
fn json_that_is_not_json_says_where() {
    check(&[
        (
            "try { JSON.parse('{\"a\":}') } catch (e) { String(e) }",
            "SyntaxError: Unexpected token } in JSON at position 5",
        ),
        (
            "try { JSON.parse('') } catch (e) { String(e) }",
            "SyntaxError: Unexpected end of JSON input",
        ),
        (
            "try { JSON.parse() } catch (e) { String(e) }",
            "SyntaxError: Unexpected token u in JSON at position 0",
        ),
        (
            "try { JSON.parse({}) } catch (e) { String(e) }",
            "SyntaxError: Unexpected token o in JSON at position 1",
        ),
        (
            "try { JSON.parse('[1 2]') } catch (e) { String(e) }",
            "SyntaxError: Unexpected number in JSON at position 3",
        ),
        (
            "try { JSON.parse('[1 \"2\"]') } catch (e) { String(e) }",
            "SyntaxError: Unexpected string in JSON at position 3",
        ),
        (
            "try { JSON.parse('01') } catch (e) { String(e) }",
            "SyntaxError: Unexpected number in JSON at position 1",
        ),
        (
            "try { JSON.parse('[1,]') } catch (e) { String(e) }",
            "SyntaxError: Unexpected token ] in JSON at position 3",
        ),
        (
            "try { JSON.parse('{a:1}') } catch (e) { String(e) }",
            "SyntaxError: Unexpected token a in JSON at position 1",
        ),
        (
            "try { JSON.parse('tru') } catch (e) { String(e) }",
            "SyntaxError: Unexpected end of JSON input",
        ),
        (
            "try { JSON.parse('nul1') } catch (e) { String(e) }",
            "SyntaxError: Unexpected token 1 in JSON at position 3",
        ),
        (
            "try { JSON.parse('\"a') } catch (e) { String(e) }",
            "SyntaxError: Unexpected end of JSON input",
        ),
        (
            "try { JSON.parse('\"\\\\x\"') } catch (e) { String(e) }",
            "SyntaxError: Unexpected token x in JSON at position 2",
        ),
        (
            "try { JSON.parse('1.') } catch (e) { String(e) }",
            "SyntaxError: Unexpected end of JSON input",
        ),
        (
            "try { JSON.parse('{} 中') } catch (e) { String(e) }",
            "SyntaxError: Unexpected token 中 in JSON at position 3",
        ),
        (
            "try { JSON.parse('-') } catch (e) { String(e) }",
            "SyntaxError: Unexpected end of JSON input",
        ),
        ("try { JSON.parse(Symbol()) } catch (e) { e.name }", "TypeError"),
    ]);
}

#[test]
fn code_from_text_is_closed() {
    check(&[
        ("typeof eval", "undefined"),
        ("try { eval('1') } catch (e) { e.name }", "TypeError"),
        ("typeof Function", "function"),
        ("typeof new Function('return 1')", "object"),
        ("typeof Function('return 1')", "undefined"),
        ("typeof new Function('a', 'return a')", "object"),
        ("typeof Function('return this')", "function"),
        ("Object.keys(Function('return this')()).length", "0"),
        ("Function('return this')() === globalThis", "false"),
        ("typeof new Function('a', 'return this')", "function"),
        ("typeof (() => {}).constructor('return 1')", "undefined"),
        ("typeof new ((() => {}).constructor)('return 1')", "object"),
        ("typeof (async () => {}).constructor('return 1')", "undefined"),
        ("typeof (function* () {}).constructor('return 1')", "undefined"),
        ("typeof (async function* () {}).constructor('return 1')", "undefined"),
        (
            "typeof Object.getPrototypeOf(async function () {}).constructor('x')",
            "undefined",
        ),
        ("typeof Reflect.construct(Function, ['return 1'])", "object"),
        ("typeof [].map.constructor('return 1')", "undefined"),
        ("(() => {}).constructor === Function", "true"),
        ("(function () {}) instanceof Function", "true"),
        ("(class {}) instanceof Function", "true"),
        ("({}) instanceof Function", "false"),
        ("Function.prototype === Object.getPrototypeOf(function () {})", "true"),
        ("Function.prototype.constructor === Function", "true"),
        ("Function.name + Function.length", "Function1"),
        ("Object.getPrototypeOf(Function) === Function.prototype", "true"),
        (
            "Object.getPrototypeOf((function* () {}).constructor) === Function",
            "true",
        ),
        ("(function* () {}).constructor.name", "GeneratorFunction"),
        (
            "Function.prototype.call.call(function () { return this.a }, { a: 3 })",
            "3",
        ),
        ("Function.prototype.x = 5; (() => {}).x", "5"),
        ("class F extends Function {}; typeof new F('return 1')", "object"),
        ("[...(function* () { yield 1 })()].join()", "1"),
        (
            "typeof TypedArray + typeof Temporal + typeof process + typeof window + typeof document + typeof fetch",
            "undefinedundefinedundefinedundefinedundefinedundefined",
        ),
        (
            "typeof globalThis + typeof escape + typeof unescape + typeof Intl",
            "objectfunctionfunctionobject",
        ),
        ("escape('ä 中') + unescape('%u4E2D')", "%E4%20%u4E2D中"),
    ]);
}

#[test]
fn stacks_have_a_header() {
    check(&[
        ("new Error('x').stack", "Error: x\n    at a.js:1:1"),
        (
            "(function f() { return new TypeError('y') })().stack",
            "TypeError: y\n    at f (a.js:1:24)\n    at a.js:1:45",
        ),
        (
            "try { null.x } catch (e) { e.stack.split('\\n')[0] }",
            "TypeError: cannot convert 'null' or 'undefined' to object",
        ),
        ("class A extends Error {}; new A('z').stack.split('\\n')[0]", "Error: z"),
        (
            "class B extends Error { constructor(m) { super(m); this.name = 'A' } }; new B('z').stack.split('\\n')[0]",
            "A: z",
        ),
        ("new Error().stack.split('\\n')[0]", "Error"),
        (
            "var e = new Error('x'); e.stack = 'mine'; e.stack + Object.keys(e)",
            "mine",
        ),
        ("'stack' in new Error()", "true"),
        (
            "var o = { name: 'O', message: 'm' }; Error.captureStackTrace(o); o.stack + Object.keys(o)",
            "O: m\n    at a.js:1:61name,message",
        ),
        (
            "function mk() { var o = {}; Error.captureStackTrace(o, mk); return o } mk().stack",
            "Error\n    at a.js:1:74",
        ),
        ("typeof Error.stackTraceLimit", "number"),
        (
            "[3].map(function each() { return new Error('in').stack })[0]",
            "Error: in\n    at each (a.js:1:34)\n    at map (<anonymous>)\n    at a.js:1:8",
        ),
        (
            "class P extends Error { get name() { throw 1 } }; try { new P().stack } catch (e) { e }",
            "1",
        ),
        ("Error.prototype.stack", "undefined"),
        (
            "new AggregateError([1], 'agg').stack.split('\\n')[0]",
            "AggregateError: agg",
        ),
    ]);
}
#[test]
fn texts_for_people() {
    check(&[
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', undefined)"#,
            r#"2024/1/2 11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', undefined)"#,
            r#"2024/11/22 23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', undefined)"#,
            r#"2024/1/2 00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', undefined)"#,
            r#"2024/1/2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', undefined)"#,
            r#"2024/11/22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', undefined)"#,
            r#"2024/1/2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', undefined)"#,
            r#"11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', undefined)"#,
            r#"23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', undefined)"#,
            r#"00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', undefined)"#,
            r#"1/2/2024, 11:04:05 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', undefined)"#,
            r#"11/22/2024, 11:04:05 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', undefined)"#,
            r#"1/2/2024, 12:00:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', undefined)"#,
            r#"1/2/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', undefined)"#,
            r#"11/22/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', undefined)"#,
            r#"1/2/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', undefined)"#,
            r#"11:04:05 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', undefined)"#,
            r#"11:04:05 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', undefined)"#,
            r#"12:00:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh', undefined)"#,
            r#"2024/1/2 11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh', undefined)"#,
            r#"2024/11/22 23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh', undefined)"#,
            r#"2024/1/2 00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh', undefined)"#,
            r#"2024/1/2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh', undefined)"#,
            r#"2024/11/22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh', undefined)"#,
            r#"2024/1/2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh', undefined)"#,
            r#"11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh', undefined)"#,
            r#"23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh', undefined)"#,
            r#"00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en', undefined)"#,
            r#"1/2/2024, 11:04:05 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en', undefined)"#,
            r#"11/22/2024, 11:04:05 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en', undefined)"#,
            r#"1/2/2024, 12:00:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en', undefined)"#,
            r#"1/2/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en', undefined)"#,
            r#"11/22/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en', undefined)"#,
            r#"1/2/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en', undefined)"#,
            r#"11:04:05 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en', undefined)"#,
            r#"11:04:05 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en', undefined)"#,
            r#"12:00:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"hour12":false})"#,
            r#"11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"hour12":false})"#,
            r#"23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"hour12":false})"#,
            r#"00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"hour12":true})"#,
            r#"上午11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"hour12":true})"#,
            r#"下午11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"hour12":true})"#,
            r#"上午0:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"hour":"2-digit","minute":"2-digit"})"#,
            r#"11:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"hour":"2-digit","minute":"2-digit"})"#,
            r#"23:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"hour":"2-digit","minute":"2-digit"})"#,
            r#"00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"hour":"numeric","minute":"2-digit"})"#,
            r#"11:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"hour":"numeric","minute":"2-digit"})"#,
            r#"23:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"hour":"numeric","minute":"2-digit"})"#,
            r#"0:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"hour":"2-digit","minute":"2-digit","hour12":false})"#,
            r#"11:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"hour":"2-digit","minute":"2-digit","hour12":false})"#,
            r#"23:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"hour":"2-digit","minute":"2-digit","hour12":false})"#,
            r#"00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"hour":"2-digit"})"#,
            r#"11时"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"hour":"2-digit"})"#,
            r#"23时"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"hour":"2-digit"})"#,
            r#"00时"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"hour":"numeric"})"#,
            r#"11时"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"hour":"numeric"})"#,
            r#"23时"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"hour":"numeric"})"#,
            r#"0时"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"minute":"2-digit","second":"2-digit"})"#,
            r#"04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"minute":"2-digit","second":"2-digit"})"#,
            r#"04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"minute":"2-digit","second":"2-digit"})"#,
            r#"00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"minute":"numeric"})"#,
            r#"4"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"minute":"numeric"})"#,
            r#"4"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"minute":"numeric"})"#,
            r#"0"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"hourCycle":"h23"})"#,
            r#"11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"hourCycle":"h23"})"#,
            r#"23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"hourCycle":"h23"})"#,
            r#"00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"timeStyle":"short"})"#,
            r#"11:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"timeStyle":"short"})"#,
            r#"23:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"timeStyle":"short"})"#,
            r#"00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"timeStyle":"medium"})"#,
            r#"11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"timeStyle":"medium"})"#,
            r#"23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"timeStyle":"medium"})"#,
            r#"00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('zh-CN', {"timeStyle":"long"})"#,
            r#"GMT+8 11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('zh-CN', {"timeStyle":"long"})"#,
            r#"GMT+8 23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('zh-CN', {"timeStyle":"long"})"#,
            r#"GMT+8 00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit"})"#,
            r#"2024/01/02"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit"})"#,
            r#"2024/11/22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit"})"#,
            r#"2024/01/02"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"year":"numeric","month":"long","day":"numeric"})"#,
            r#"2024年1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"year":"numeric","month":"long","day":"numeric"})"#,
            r#"2024年11月22日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"year":"numeric","month":"long","day":"numeric"})"#,
            r#"2024年1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"month":"long","day":"numeric"})"#,
            r#"1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"month":"long","day":"numeric"})"#,
            r#"11月22日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"month":"long","day":"numeric"})"#,
            r#"1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"month":"2-digit","day":"2-digit"})"#,
            r#"01/02"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"month":"2-digit","day":"2-digit"})"#,
            r#"11/22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"month":"2-digit","day":"2-digit"})"#,
            r#"01/02"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"weekday":"long"})"#,
            r#"星期二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"weekday":"long"})"#,
            r#"星期五"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"weekday":"long"})"#,
            r#"星期二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"weekday":"short"})"#,
            r#"周二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"weekday":"short"})"#,
            r#"周五"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"weekday":"short"})"#,
            r#"周二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"weekday":"narrow"})"#,
            r#"二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"weekday":"narrow"})"#,
            r#"五"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"weekday":"narrow"})"#,
            r#"二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"month":"long"})"#,
            r#"一月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"month":"long"})"#,
            r#"十一月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"month":"long"})"#,
            r#"一月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"month":"short"})"#,
            r#"1月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"month":"short"})"#,
            r#"11月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"month":"short"})"#,
            r#"1月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"month":"narrow"})"#,
            r#"1"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"month":"narrow"})"#,
            r#"11"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"month":"narrow"})"#,
            r#"1"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"month":"numeric"})"#,
            r#"1月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"month":"numeric"})"#,
            r#"11月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"month":"numeric"})"#,
            r#"1月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"year":"numeric"})"#,
            r#"2024年"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"year":"numeric"})"#,
            r#"2024年"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"year":"numeric"})"#,
            r#"2024年"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"day":"numeric"})"#,
            r#"2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"day":"numeric"})"#,
            r#"22日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"day":"numeric"})"#,
            r#"2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"year":"numeric","month":"long"})"#,
            r#"2024年1月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"year":"numeric","month":"long"})"#,
            r#"2024年11月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"year":"numeric","month":"long"})"#,
            r#"2024年1月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"year":"numeric","month":"short"})"#,
            r#"2024年1月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"year":"numeric","month":"short"})"#,
            r#"2024年11月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"year":"numeric","month":"short"})"#,
            r#"2024年1月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"year":"numeric","month":"2-digit"})"#,
            r#"2024年1月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"year":"numeric","month":"2-digit"})"#,
            r#"2024年11月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"year":"numeric","month":"2-digit"})"#,
            r#"2024年1月"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"year":"numeric","month":"numeric"})"#,
            r#"2024/1"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"year":"numeric","month":"numeric"})"#,
            r#"2024/11"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"year":"numeric","month":"numeric"})"#,
            r#"2024/1"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"weekday":"long","year":"numeric","month":"long","day":"numeric"})"#,
            r#"2024年1月2日星期二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"weekday":"long","year":"numeric","month":"long","day":"numeric"})"#,
            r#"2024年11月22日星期五"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"weekday":"long","year":"numeric","month":"long","day":"numeric"})"#,
            r#"2024年1月2日星期二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"weekday":"short","month":"short","day":"numeric"})"#,
            r#"1月2日周二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"weekday":"short","month":"short","day":"numeric"})"#,
            r#"11月22日周五"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"weekday":"short","month":"short","day":"numeric"})"#,
            r#"1月2日周二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"year":"numeric","month":"short","day":"numeric"})"#,
            r#"2024年1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"year":"numeric","month":"short","day":"numeric"})"#,
            r#"2024年11月22日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"year":"numeric","month":"short","day":"numeric"})"#,
            r#"2024年1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"month":"short","day":"numeric"})"#,
            r#"1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"month":"short","day":"numeric"})"#,
            r#"11月22日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"month":"short","day":"numeric"})"#,
            r#"1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"year":"2-digit","month":"2-digit","day":"2-digit"})"#,
            r#"24/01/02"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"year":"2-digit","month":"2-digit","day":"2-digit"})"#,
            r#"24/11/22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"year":"2-digit","month":"2-digit","day":"2-digit"})"#,
            r#"24/01/02"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"month":"numeric","day":"numeric","weekday":"short"})"#,
            r#"1/2周二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"month":"numeric","day":"numeric","weekday":"short"})"#,
            r#"11/22周五"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"month":"numeric","day":"numeric","weekday":"short"})"#,
            r#"1/2周二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit","weekday":"long"})"#,
            r#"2024年01月02日星期二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit","weekday":"long"})"#,
            r#"2024年11月22日星期五"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit","weekday":"long"})"#,
            r#"2024年01月02日星期二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"dateStyle":"full"})"#,
            r#"2024年1月2日星期二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"dateStyle":"full"})"#,
            r#"2024年11月22日星期五"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"dateStyle":"full"})"#,
            r#"2024年1月2日星期二"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"dateStyle":"long"})"#,
            r#"2024年1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"dateStyle":"long"})"#,
            r#"2024年11月22日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"dateStyle":"long"})"#,
            r#"2024年1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"dateStyle":"medium"})"#,
            r#"2024年1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"dateStyle":"medium"})"#,
            r#"2024年11月22日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"dateStyle":"medium"})"#,
            r#"2024年1月2日"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"dateStyle":"short"})"#,
            r#"2024/1/2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"dateStyle":"short"})"#,
            r#"2024/11/22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"dateStyle":"short"})"#,
            r#"2024/1/2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('zh-CN', {"timeZone":"UTC"})"#,
            r#"2024/1/2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('zh-CN', {"timeZone":"UTC"})"#,
            r#"2024/11/22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('zh-CN', {"timeZone":"UTC"})"#,
            r#"2024/1/1"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit"})"#,
            r#"2024/01/02 11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit"})"#,
            r#"2024/11/22 23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit"})"#,
            r#"2024/01/02 00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit","hour12":false})"#,
            r#"2024/01/02 11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit","hour12":false})"#,
            r#"2024/11/22 23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit","hour12":false})"#,
            r#"2024/01/02 00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"month":"numeric","day":"numeric","hour":"numeric","minute":"numeric"})"#,
            r#"1/2 11:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"month":"numeric","day":"numeric","hour":"numeric","minute":"numeric"})"#,
            r#"11/22 23:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"month":"numeric","day":"numeric","hour":"numeric","minute":"numeric"})"#,
            r#"1/2 00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"dateStyle":"medium","timeStyle":"short"})"#,
            r#"2024年1月2日 11:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"dateStyle":"medium","timeStyle":"short"})"#,
            r#"2024年11月22日 23:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"dateStyle":"medium","timeStyle":"short"})"#,
            r#"2024年1月2日 00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"dateStyle":"short","timeStyle":"short"})"#,
            r#"2024/1/2 11:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"dateStyle":"short","timeStyle":"short"})"#,
            r#"2024/11/22 23:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"dateStyle":"short","timeStyle":"short"})"#,
            r#"2024/1/2 00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"dateStyle":"full","timeStyle":"long"})"#,
            r#"2024年1月2日星期二 GMT+8 11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"dateStyle":"full","timeStyle":"long"})"#,
            r#"2024年11月22日星期五 GMT+8 23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"dateStyle":"full","timeStyle":"long"})"#,
            r#"2024年1月2日星期二 GMT+8 00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"timeZone":"Asia/Shanghai"})"#,
            r#"2024/1/2 11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"timeZone":"Asia/Shanghai"})"#,
            r#"2024/11/22 23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"timeZone":"Asia/Shanghai"})"#,
            r#"2024/1/2 00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"timeZone":"UTC"})"#,
            r#"2024/1/2 03:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"timeZone":"UTC"})"#,
            r#"2024/11/22 15:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"timeZone":"UTC"})"#,
            r#"2024/1/1 16:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"hour12":false})"#,
            r#"2024/1/2 11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"hour12":false})"#,
            r#"2024/11/22 23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"hour12":false})"#,
            r#"2024/1/2 00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"weekday":"long","hour":"numeric"})"#,
            r#"星期二 11时"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"weekday":"long","hour":"numeric"})"#,
            r#"星期五 23时"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"weekday":"long","hour":"numeric"})"#,
            r#"星期二 0时"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('zh-CN', {"month":"long","day":"numeric","hour":"2-digit","minute":"2-digit"})"#,
            r#"1月2日 11:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('zh-CN', {"month":"long","day":"numeric","hour":"2-digit","minute":"2-digit"})"#,
            r#"11月22日 23:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('zh-CN', {"month":"long","day":"numeric","hour":"2-digit","minute":"2-digit"})"#,
            r#"1月2日 00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"hour12":false})"#,
            r#"11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"hour12":false})"#,
            r#"23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"hour12":false})"#,
            r#"24:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"hour12":true})"#,
            r#"11:04:05 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"hour12":true})"#,
            r#"11:04:05 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"hour12":true})"#,
            r#"12:00:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"hour":"2-digit","minute":"2-digit"})"#,
            r#"11:04 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"hour":"2-digit","minute":"2-digit"})"#,
            r#"11:04 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"hour":"2-digit","minute":"2-digit"})"#,
            r#"12:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"hour":"numeric","minute":"2-digit"})"#,
            r#"11:04 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"hour":"numeric","minute":"2-digit"})"#,
            r#"11:04 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"hour":"numeric","minute":"2-digit"})"#,
            r#"12:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"hour":"2-digit","minute":"2-digit","hour12":false})"#,
            r#"11:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"hour":"2-digit","minute":"2-digit","hour12":false})"#,
            r#"23:04"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"hour":"2-digit","minute":"2-digit","hour12":false})"#,
            r#"24:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"hour":"2-digit"})"#,
            r#"11 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"hour":"2-digit"})"#,
            r#"11 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"hour":"2-digit"})"#,
            r#"12 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"hour":"numeric"})"#,
            r#"11 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"hour":"numeric"})"#,
            r#"11 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"hour":"numeric"})"#,
            r#"12 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"minute":"2-digit","second":"2-digit"})"#,
            r#"04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"minute":"2-digit","second":"2-digit"})"#,
            r#"04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"minute":"2-digit","second":"2-digit"})"#,
            r#"00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"minute":"numeric"})"#,
            r#"4"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"minute":"numeric"})"#,
            r#"4"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"minute":"numeric"})"#,
            r#"0"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"hourCycle":"h23"})"#,
            r#"11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"hourCycle":"h23"})"#,
            r#"23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"hourCycle":"h23"})"#,
            r#"00:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"timeStyle":"short"})"#,
            r#"11:04 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"timeStyle":"short"})"#,
            r#"11:04 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"timeStyle":"short"})"#,
            r#"12:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"timeStyle":"medium"})"#,
            r#"11:04:05 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"timeStyle":"medium"})"#,
            r#"11:04:05 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"timeStyle":"medium"})"#,
            r#"12:00:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleTimeString('en-US', {"timeStyle":"long"})"#,
            r#"11:04:05 AM GMT+8"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleTimeString('en-US', {"timeStyle":"long"})"#,
            r#"11:04:05 PM GMT+8"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleTimeString('en-US', {"timeStyle":"long"})"#,
            r#"12:00:00 AM GMT+8"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit"})"#,
            r#"01/02/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit"})"#,
            r#"11/22/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit"})"#,
            r#"01/02/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"year":"numeric","month":"long","day":"numeric"})"#,
            r#"January 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"year":"numeric","month":"long","day":"numeric"})"#,
            r#"November 22, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"year":"numeric","month":"long","day":"numeric"})"#,
            r#"January 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"month":"long","day":"numeric"})"#,
            r#"January 2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"month":"long","day":"numeric"})"#,
            r#"November 22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"month":"long","day":"numeric"})"#,
            r#"January 2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"month":"2-digit","day":"2-digit"})"#,
            r#"01/02"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"month":"2-digit","day":"2-digit"})"#,
            r#"11/22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"month":"2-digit","day":"2-digit"})"#,
            r#"01/02"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"weekday":"long"})"#,
            r#"Tuesday"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"weekday":"long"})"#,
            r#"Friday"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"weekday":"long"})"#,
            r#"Tuesday"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"weekday":"short"})"#,
            r#"Tue"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"weekday":"short"})"#,
            r#"Fri"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"weekday":"short"})"#,
            r#"Tue"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"weekday":"narrow"})"#,
            r#"T"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"weekday":"narrow"})"#,
            r#"F"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"weekday":"narrow"})"#,
            r#"T"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"month":"long"})"#,
            r#"January"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"month":"long"})"#,
            r#"November"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"month":"long"})"#,
            r#"January"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"month":"short"})"#,
            r#"Jan"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"month":"short"})"#,
            r#"Nov"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"month":"short"})"#,
            r#"Jan"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"month":"narrow"})"#,
            r#"J"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"month":"narrow"})"#,
            r#"N"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"month":"narrow"})"#,
            r#"J"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"month":"numeric"})"#,
            r#"1"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"month":"numeric"})"#,
            r#"11"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"month":"numeric"})"#,
            r#"1"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"year":"numeric"})"#,
            r#"2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"year":"numeric"})"#,
            r#"2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"year":"numeric"})"#,
            r#"2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"day":"numeric"})"#,
            r#"2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"day":"numeric"})"#,
            r#"22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"day":"numeric"})"#,
            r#"2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"year":"numeric","month":"long"})"#,
            r#"January 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"year":"numeric","month":"long"})"#,
            r#"November 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"year":"numeric","month":"long"})"#,
            r#"January 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"year":"numeric","month":"short"})"#,
            r#"Jan 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"year":"numeric","month":"short"})"#,
            r#"Nov 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"year":"numeric","month":"short"})"#,
            r#"Jan 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"year":"numeric","month":"2-digit"})"#,
            r#"01/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"year":"numeric","month":"2-digit"})"#,
            r#"11/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"year":"numeric","month":"2-digit"})"#,
            r#"01/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"year":"numeric","month":"numeric"})"#,
            r#"1/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"year":"numeric","month":"numeric"})"#,
            r#"11/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"year":"numeric","month":"numeric"})"#,
            r#"1/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"weekday":"long","year":"numeric","month":"long","day":"numeric"})"#,
            r#"Tuesday, January 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"weekday":"long","year":"numeric","month":"long","day":"numeric"})"#,
            r#"Friday, November 22, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"weekday":"long","year":"numeric","month":"long","day":"numeric"})"#,
            r#"Tuesday, January 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"weekday":"short","month":"short","day":"numeric"})"#,
            r#"Tue, Jan 2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"weekday":"short","month":"short","day":"numeric"})"#,
            r#"Fri, Nov 22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"weekday":"short","month":"short","day":"numeric"})"#,
            r#"Tue, Jan 2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"year":"numeric","month":"short","day":"numeric"})"#,
            r#"Jan 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"year":"numeric","month":"short","day":"numeric"})"#,
            r#"Nov 22, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"year":"numeric","month":"short","day":"numeric"})"#,
            r#"Jan 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"month":"short","day":"numeric"})"#,
            r#"Jan 2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"month":"short","day":"numeric"})"#,
            r#"Nov 22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"month":"short","day":"numeric"})"#,
            r#"Jan 2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"year":"2-digit","month":"2-digit","day":"2-digit"})"#,
            r#"01/02/24"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"year":"2-digit","month":"2-digit","day":"2-digit"})"#,
            r#"11/22/24"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"year":"2-digit","month":"2-digit","day":"2-digit"})"#,
            r#"01/02/24"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"month":"numeric","day":"numeric","weekday":"short"})"#,
            r#"Tue, 1/2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"month":"numeric","day":"numeric","weekday":"short"})"#,
            r#"Fri, 11/22"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"month":"numeric","day":"numeric","weekday":"short"})"#,
            r#"Tue, 1/2"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit","weekday":"long"})"#,
            r#"Tuesday, 01/02/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit","weekday":"long"})"#,
            r#"Friday, 11/22/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit","weekday":"long"})"#,
            r#"Tuesday, 01/02/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"dateStyle":"full"})"#,
            r#"Tuesday, January 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"dateStyle":"full"})"#,
            r#"Friday, November 22, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"dateStyle":"full"})"#,
            r#"Tuesday, January 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"dateStyle":"long"})"#,
            r#"January 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"dateStyle":"long"})"#,
            r#"November 22, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"dateStyle":"long"})"#,
            r#"January 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"dateStyle":"medium"})"#,
            r#"Jan 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"dateStyle":"medium"})"#,
            r#"Nov 22, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"dateStyle":"medium"})"#,
            r#"Jan 2, 2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"dateStyle":"short"})"#,
            r#"1/2/24"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"dateStyle":"short"})"#,
            r#"11/22/24"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"dateStyle":"short"})"#,
            r#"1/2/24"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleDateString('en-US', {"timeZone":"UTC"})"#,
            r#"1/2/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleDateString('en-US', {"timeZone":"UTC"})"#,
            r#"11/22/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleDateString('en-US', {"timeZone":"UTC"})"#,
            r#"1/1/2024"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit"})"#,
            r#"01/02/2024, 11:04:05 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit"})"#,
            r#"11/22/2024, 11:04:05 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit"})"#,
            r#"01/02/2024, 12:00:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit","hour12":false})"#,
            r#"01/02/2024, 11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit","hour12":false})"#,
            r#"11/22/2024, 23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"year":"numeric","month":"2-digit","day":"2-digit","hour":"2-digit","minute":"2-digit","second":"2-digit","hour12":false})"#,
            r#"01/02/2024, 24:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"month":"numeric","day":"numeric","hour":"numeric","minute":"numeric"})"#,
            r#"1/2, 11:04 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"month":"numeric","day":"numeric","hour":"numeric","minute":"numeric"})"#,
            r#"11/22, 11:04 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"month":"numeric","day":"numeric","hour":"numeric","minute":"numeric"})"#,
            r#"1/2, 12:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"dateStyle":"medium","timeStyle":"short"})"#,
            r#"Jan 2, 2024, 11:04 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"dateStyle":"medium","timeStyle":"short"})"#,
            r#"Nov 22, 2024, 11:04 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"dateStyle":"medium","timeStyle":"short"})"#,
            r#"Jan 2, 2024, 12:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"dateStyle":"short","timeStyle":"short"})"#,
            r#"1/2/24, 11:04 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"dateStyle":"short","timeStyle":"short"})"#,
            r#"11/22/24, 11:04 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"dateStyle":"short","timeStyle":"short"})"#,
            r#"1/2/24, 12:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"dateStyle":"full","timeStyle":"long"})"#,
            r#"Tuesday, January 2, 2024 at 11:04:05 AM GMT+8"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"dateStyle":"full","timeStyle":"long"})"#,
            r#"Friday, November 22, 2024 at 11:04:05 PM GMT+8"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"dateStyle":"full","timeStyle":"long"})"#,
            r#"Tuesday, January 2, 2024 at 12:00:00 AM GMT+8"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"timeZone":"Asia/Shanghai"})"#,
            r#"1/2/2024, 11:04:05 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"timeZone":"Asia/Shanghai"})"#,
            r#"11/22/2024, 11:04:05 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"timeZone":"Asia/Shanghai"})"#,
            r#"1/2/2024, 12:00:00 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"timeZone":"UTC"})"#,
            r#"1/2/2024, 3:04:05 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"timeZone":"UTC"})"#,
            r#"11/22/2024, 3:04:05 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"timeZone":"UTC"})"#,
            r#"1/1/2024, 4:00:00 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"hour12":false})"#,
            r#"1/2/2024, 11:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"hour12":false})"#,
            r#"11/22/2024, 23:04:05"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"hour12":false})"#,
            r#"1/2/2024, 24:00:00"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"weekday":"long","hour":"numeric"})"#,
            r#"Tuesday 11 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"weekday":"long","hour":"numeric"})"#,
            r#"Friday 11 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"weekday":"long","hour":"numeric"})"#,
            r#"Tuesday 12 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,2,3,4,5)).toLocaleString('en-US', {"month":"long","day":"numeric","hour":"2-digit","minute":"2-digit"})"#,
            r#"January 2 at 11:04 AM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,10,22,15,4,5,7)).toLocaleString('en-US', {"month":"long","day":"numeric","hour":"2-digit","minute":"2-digit"})"#,
            r#"November 22 at 11:04 PM"#,
        ),
        (
            r#"new Date(Date.UTC(2024,0,1,16,0,0)).toLocaleString('en-US', {"month":"long","day":"numeric","hour":"2-digit","minute":"2-digit"})"#,
            r#"January 2 at 12:00 AM"#,
        ),
        (r#"(1234.5).toLocaleString('zh-CN', undefined)"#, r#"1,234.5"#),
        (r#"(-0.256).toLocaleString('zh-CN', undefined)"#, r#"-0.256"#),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"-¥0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"USD"})"#,
            r#"US$1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"USD"})"#,
            r#"-US$0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"JPY"})"#,
            r#"JP¥1,235"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"JPY"})"#,
            r#"-JP¥0"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"EUR","currencyDisplay":"code"})"#,
            r#"EUR 1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"EUR","currencyDisplay":"code"})"#,
            r#"-EUR 0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"CNY","minimumFractionDigits":0})"#,
            r#"¥1,234.5"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"CNY","minimumFractionDigits":0})"#,
            r#"-¥0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"percent"})"#,
            r#"123,450%"#,
        ),
        (r#"(-0.256).toLocaleString('zh-CN', {"style":"percent"})"#, r#"-26%"#),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"percent","minimumFractionDigits":1})"#,
            r#"123,450.0%"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"percent","minimumFractionDigits":1})"#,
            r#"-25.6%"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"1,235"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"-0"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"minimumFractionDigits":2,"maximumFractionDigits":2})"#,
            r#"1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"minimumFractionDigits":2,"maximumFractionDigits":2})"#,
            r#"-0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"minimumFractionDigits":2})"#,
            r#"1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"minimumFractionDigits":2})"#,
            r#"-0.256"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"minimumIntegerDigits":3})"#,
            r#"1,234.5"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"minimumIntegerDigits":3})"#,
            r#"-000.256"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"useGrouping":false})"#,
            r#"1234.5"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"useGrouping":false})"#,
            r#"-0.256"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"GBP"})"#,
            r#"£1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"GBP"})"#,
            r#"-£0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"HKD"})"#,
            r#"HK$1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"HKD"})"#,
            r#"-HK$0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"TWD"})"#,
            r#"NT$1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"TWD"})"#,
            r#"-NT$0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"KRW"})"#,
            r#"₩1,235"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"KRW"})"#,
            r#"-₩0"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"AUD"})"#,
            r#"AU$1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"AUD"})"#,
            r#"-AU$0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"CHF"})"#,
            r#"CHF 1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"CHF"})"#,
            r#"-CHF 0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"RUB"})"#,
            r#"RUB 1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"RUB"})"#,
            r#"-RUB 0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"INR"})"#,
            r#"₹1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"INR"})"#,
            r#"-₹0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('zh-CN', {"style":"currency","currency":"XYZ"})"#,
            r#"XYZ 1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('zh-CN', {"style":"currency","currency":"XYZ"})"#,
            r#"-XYZ 0.26"#,
        ),
        (r#"(1234.5).toLocaleString('en-US', undefined)"#, r#"1,234.5"#),
        (r#"(-0.256).toLocaleString('en-US', undefined)"#, r#"-0.256"#),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"CNY"})"#,
            r#"CN¥1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"CNY"})"#,
            r#"-CN¥0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"USD"})"#,
            r#"$1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"USD"})"#,
            r#"-$0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"JPY"})"#,
            r#"¥1,235"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"JPY"})"#,
            r#"-¥0"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"EUR","currencyDisplay":"code"})"#,
            r#"EUR 1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"EUR","currencyDisplay":"code"})"#,
            r#"-EUR 0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"CNY","minimumFractionDigits":0})"#,
            r#"CN¥1,234.5"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"CNY","minimumFractionDigits":0})"#,
            r#"-CN¥0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"percent"})"#,
            r#"123,450%"#,
        ),
        (r#"(-0.256).toLocaleString('en-US', {"style":"percent"})"#, r#"-26%"#),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"percent","minimumFractionDigits":1})"#,
            r#"123,450.0%"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"percent","minimumFractionDigits":1})"#,
            r#"-25.6%"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"maximumFractionDigits":0})"#,
            r#"1,235"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"maximumFractionDigits":0})"#,
            r#"-0"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"minimumFractionDigits":2,"maximumFractionDigits":2})"#,
            r#"1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"minimumFractionDigits":2,"maximumFractionDigits":2})"#,
            r#"-0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"minimumFractionDigits":2})"#,
            r#"1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"minimumFractionDigits":2})"#,
            r#"-0.256"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"minimumIntegerDigits":3})"#,
            r#"1,234.5"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"minimumIntegerDigits":3})"#,
            r#"-000.256"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"useGrouping":false})"#,
            r#"1234.5"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"useGrouping":false})"#,
            r#"-0.256"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"GBP"})"#,
            r#"£1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"GBP"})"#,
            r#"-£0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"HKD"})"#,
            r#"HK$1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"HKD"})"#,
            r#"-HK$0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"TWD"})"#,
            r#"NT$1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"TWD"})"#,
            r#"-NT$0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"KRW"})"#,
            r#"₩1,235"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"KRW"})"#,
            r#"-₩0"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"AUD"})"#,
            r#"A$1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"AUD"})"#,
            r#"-A$0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"CHF"})"#,
            r#"CHF 1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"CHF"})"#,
            r#"-CHF 0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"RUB"})"#,
            r#"RUB 1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"RUB"})"#,
            r#"-RUB 0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"INR"})"#,
            r#"₹1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"INR"})"#,
            r#"-₹0.26"#,
        ),
        (
            r#"(1234.5).toLocaleString('en-US', {"style":"currency","currency":"XYZ"})"#,
            r#"XYZ 1,234.50"#,
        ),
        (
            r#"(-0.256).toLocaleString('en-US', {"style":"currency","currency":"XYZ"})"#,
            r#"-XYZ 0.26"#,
        ),
        (r#"(0).toLocaleString('zh-CN', undefined)"#, r#"0"#),
        (r#"(0).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#, r#"0"#),
        (
            r#"(0).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥0.00"#,
        ),
        (r#"(-0).toLocaleString('zh-CN', undefined)"#, r#"-0"#),
        (r#"(-0).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#, r#"-0"#),
        (
            r#"(-0).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"-¥0.00"#,
        ),
        (r#"(NaN).toLocaleString('zh-CN', undefined)"#, r#"NaN"#),
        (
            r#"(NaN).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"NaN"#,
        ),
        (
            r#"(NaN).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥NaN"#,
        ),
        (r#"(Infinity).toLocaleString('zh-CN', undefined)"#, r#"∞"#),
        (
            r#"(Infinity).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"∞"#,
        ),
        (
            r#"(Infinity).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥∞"#,
        ),
        (r#"(-Infinity).toLocaleString('zh-CN', undefined)"#, r#"-∞"#),
        (
            r#"(-Infinity).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"-∞"#,
        ),
        (
            r#"(-Infinity).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"-¥∞"#,
        ),
        (
            r#"(1e+21).toLocaleString('zh-CN', undefined)"#,
            r#"1,000,000,000,000,000,000,000"#,
        ),
        (
            r#"(1e+21).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"1,000,000,000,000,000,000,000"#,
        ),
        (
            r#"(1e+21).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥1,000,000,000,000,000,000,000.00"#,
        ),
        (r#"(1e-7).toLocaleString('zh-CN', undefined)"#, r#"0"#),
        (r#"(1e-7).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#, r#"0"#),
        (
            r#"(1e-7).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥0.00"#,
        ),
        (
            r#"(123456789012345680000).toLocaleString('zh-CN', undefined)"#,
            r#"123,456,789,012,345,680,000"#,
        ),
        (
            r#"(123456789012345680000).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"123,456,789,012,345,680,000"#,
        ),
        (
            r#"(123456789012345680000).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥123,456,789,012,345,680,000.00"#,
        ),
        (r#"(0.30000000000000004).toLocaleString('zh-CN', undefined)"#, r#"0.3"#),
        (
            r#"(0.30000000000000004).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"0"#,
        ),
        (
            r#"(0.30000000000000004).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥0.30"#,
        ),
        (r#"(1.005).toLocaleString('zh-CN', undefined)"#, r#"1.005"#),
        (
            r#"(1.005).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"1"#,
        ),
        (
            r#"(1.005).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥1.01"#,
        ),
        (r#"(2.5).toLocaleString('zh-CN', undefined)"#, r#"2.5"#),
        (r#"(2.5).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#, r#"3"#),
        (
            r#"(2.5).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥2.50"#,
        ),
        (r#"(0.5).toLocaleString('zh-CN', undefined)"#, r#"0.5"#),
        (r#"(0.5).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#, r#"1"#),
        (
            r#"(0.5).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥0.50"#,
        ),
        (r#"(1.0005).toLocaleString('zh-CN', undefined)"#, r#"1.001"#),
        (
            r#"(1.0005).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"1"#,
        ),
        (
            r#"(1.0005).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥1.00"#,
        ),
        (r#"(1.0015).toLocaleString('zh-CN', undefined)"#, r#"1.002"#),
        (
            r#"(1.0015).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"1"#,
        ),
        (
            r#"(1.0015).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥1.00"#,
        ),
        (r#"(12345678.9).toLocaleString('zh-CN', undefined)"#, r#"12,345,678.9"#),
        (
            r#"(12345678.9).toLocaleString('zh-CN', {"maximumFractionDigits":0})"#,
            r#"12,345,679"#,
        ),
        (
            r#"(12345678.9).toLocaleString('zh-CN', {"style":"currency","currency":"CNY"})"#,
            r#"¥12,345,678.90"#,
        ),
    ]);
}

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
fn run_in(context: &mut Context, code: &str) -> String {
    let source = Source::from_bytes(code).with_path(Path::new("a.js"));
    let value = match context.eval(source) {
        Ok(value) => value,
        Err(error) => error.into_opaque(context).unwrap(),
    };
    value.to_string(context).unwrap().to_std_string_escaped()
}

/// Checks a table: on each line a snippet, a tab, and what V8 makes of it.
fn check_table(table: &str) {
    let rows: Vec<_> = table.lines().map(|line| line.split_once('\t').unwrap()).collect();
    check(&rows);
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
    check_table(include_str!("tests/dates_stay_dates.tsv"));
}

#[test]
fn regexp_statics() {
    check_table(include_str!("tests/regexp_statics.tsv"));
}

#[test]
fn json_parse() {
    check_table(include_str!("tests/json_parse.tsv"));
}

#[test]
fn json_stringify() {
    check_table(include_str!("tests/json_stringify.tsv"));
}

#[test]
fn texts_for_people() {
    check_table(include_str!("tests/texts_for_people.tsv"));
}

#[test]
fn dates_from_texts() {
    let table = include_str!("tests/dates_from_texts.tsv");
    let rows: Vec<_> = table.lines().map(|line| line.split_once('\t').unwrap()).collect();
    let rows: Vec<_> = rows
        .iter()
        .map(|(text, time)| (format!("new Date({text}).getTime()"), *time))
        .collect();
    check(
        &rows
            .iter()
            .map(|(code, time)| (code.as_str(), *time))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn circles_are_drawn_as_v8_does() {
    check(&[
        (
            "var o = {}; o.o = o; try { JSON.stringify(o) } catch (e) { e.name + ': ' + e.message }",
            "TypeError: Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    --- property 'o' closes the circle",
        ),
        (
            "var a = { b: [{}] }; a.b[0].c = a; try { JSON.stringify(a) } catch (e) { e.message }",
            "Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    |     property 'b' -> object with constructor 'Array'\n    |     index 0 -> object with constructor 'Object'\n    --- property 'c' closes the circle",
        ),
        (
            "var p = { q: { r: { s: { t: {} } } } }; p.q.r.s.t.u = p; try { JSON.stringify(p) } catch (e) { e.message }",
            "Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    |     property 'q' -> object with constructor 'Object'\n    |     property 'r' -> object with constructor 'Object'\n    |     ...\n    |     property 't' -> object with constructor 'Object'\n    --- property 'u' closes the circle",
        ),
        (
            "class K { constructor() { this.me = this } }; try { JSON.stringify({ k: new K() }) } catch (e) { e.message }",
            "Converting circular structure to JSON\n    --> starting at object with constructor 'K'\n    --- property 'me' closes the circle",
        ),
    ]);
}

#[test]
fn json_nested_beyond_reason_is_an_error() {
    let run = || {
        let code =
            "var o = {}; for (var i = 0; i < 5000; i++) o = { o }; try { JSON.stringify(o) } catch (e) { String(e) }";
        run_in(&mut context(), code)
    };
    let result = std::thread::Builder::new()
        .stack_size(512 << 20)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
    assert_eq!(result, "RangeError: Maximum call stack size exceeded");
}

#[test]
fn intl_writes_as_the_methods_do() {
    check(&[
        (
            "new Intl.NumberFormat('zh-CN', { style: 'currency', currency: 'CNY' }).format(1234.5)",
            "¥1,234.50",
        ),
        ("Intl.NumberFormat('en-US', { style: 'percent' }).format(0.256)", "26%"),
        ("[1, 2000].map(new Intl.NumberFormat().format).join('|')", "1|2,000"),
        ("new Intl.DateTimeFormat().format(new Date(0))", "1970/1/1"),
        ("new Intl.DateTimeFormat('en-US').format(0)", "1/1/1970"),
        (
            "new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit' }).format(0)",
            "08:00",
        ),
        ("new Intl.DateTimeFormat() instanceof Intl.DateTimeFormat", "true"),
        ("new Intl.NumberFormat().resolvedOptions().locale", "zh"),
        (
            "Intl.NumberFormat.name + typeof Intl.NumberFormat.supportedLocalesOf",
            "NumberFormatfunction",
        ),
        (
            "try { new Intl.NumberFormat('zh', { style: 'currency' }) } catch (e) { e.name }",
            "TypeError",
        ),
    ]);
}

#[test]
fn other_languages_are_left_to_intl() {
    check(&[
        ("(1234.5).toLocaleString('de-DE')", "1.234,5"),
        (
            "(1234.5).toLocaleString('de-DE', { style: 'currency', currency: 'EUR' })",
            "€1,234.50",
        ),
        (
            "['b', '中', 'a', '啊'].sort((x, y) => x.localeCompare(y)).join()",
            "啊,中,a,b",
        ),
        (
            "['b', 'a', 'B'].sort((x, y) => x.localeCompare(y, 'en')).join()",
            "a,b,B",
        ),
        ("'a'.localeCompare('b', undefined, { sensitivity: 'base' })", "-1"),
        ("'2'.localeCompare('10', undefined, { numeric: true })", "-1"),
        ("String.prototype.localeCompare.call(1, '1')", "0"),
        (
            "try { String.prototype.localeCompare.call(null, '1') } catch (e) { e.name }",
            "TypeError",
        ),
        (
            "try { Date.prototype.toLocaleString.call({}) } catch (e) { e.name }",
            "TypeError",
        ),
        ("new Date(NaN).toLocaleString()", "Invalid Date"),
        ("new Date(0).toLocaleString()", "1970/1/1 08:00:00"),
        (
            "try { (1).toLocaleString('zh', { style: 'currency' }) } catch (e) { String(e) }",
            "TypeError: Currency code is required with currency style.",
        ),
        (
            "try { (1).toLocaleString('zh', { minimumFractionDigits: 200 }) } catch (e) { String(e) }",
            "RangeError: minimumFractionDigits value is out of range.",
        ),
    ]);
}

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

//! Sources of many kinds, prepared and run in the engine.

use super::*;
use crate::engine::language;
use boa_engine::{Context, Source, js_string};
use std::{collections::BTreeMap, fmt::Write, path::Path};

/// What is tried, the files of a package, and what `main` leaves in `out`.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

fn prepared(path: &str, source: &str) -> String {
    prepare(path, source, &Limits::default()).unwrap().code.into_owned()
}

fn error(path: &str, source: &str) -> SourceError {
    prepare(path, source, &Limits::default()).unwrap_err()
}

/// Runs `main.js` (or `.ts`) of a package and gives what it left in `out`, as JSON.
fn run(files: &[(&str, &str)]) -> String {
    let mut script = String::from("globalThis.out = []; var files = {}, cache = {};\n");
    for (path, source) in files {
        let code = prepared(path, source);
        let name = path.rsplit_once('.').unwrap().0;
        writeln!(
            script,
            "files['./{name}'] = function (require, module, exports) {{ {code}\n}};"
        )
        .unwrap();
    }
    script.push_str(
        "function require(p) { if (cache[p]) return cache[p].exports; var m = cache[p] = { exports: {} };
           if (!files[p]) throw new Error('no ' + p);
           files[p].call(m.exports, require, m, m.exports); return m.exports; }
         require('./main');",
    );
    on_big_stack(move || {
        let mut context = Context::default();
        language::install(&mut context).unwrap();
        let result = context.eval(Source::from_bytes(&script));
        if let Err(error) = result {
            return format!("{error}");
        }
        context.run_jobs().unwrap();
        let out = context.eval(Source::from_bytes("JSON.stringify(out)")).unwrap();
        out.as_string().unwrap().to_std_string_escaped()
    })
}

fn on_big_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new()
        .stack_size(512 << 20)
        .spawn(work)
        .unwrap()
        .join()
        .unwrap()
}

#[test]
fn a_commonjs_script_is_left_as_it_is() {
    let scripts = [
        "const a = require('./a'); module.exports = { a };",
        "var s = 'import x from \"y\"'; // import z\n/* export default 1 */",
        "var s = `import ${a} export`; var r = /import/; x.import = 1; x.export(); var o = {import: 1, export: 2};",
        "a = b / c; import_x = /\\/import(/;",
        "if (x) /export/.test(y)",
        "x.using = 1; var o = {using: 1};",
        "function f() {}\n/'import/.test(x)",
        "'a\\'import x'; \"export {}\"",
        "#!/usr/bin/env node\nvar a",
    ];
    for script in scripts {
        let result = prepare("a.js", script, &Limits::default()).unwrap();
        assert!(
            result.map.is_none() && matches!(result.code, Cow::Borrowed(_)),
            "{script}"
        );
    }
}

#[test]
fn imports_and_exports_work_with_commonjs() {
    let cases: &[Case] = &[
        (
            "default of a CommonJS module is its exports",
            &[
                ("main.js", "import x from './cjs'; out.push(x.a)"),
                ("cjs.js", "module.exports = { a: 1 }"),
            ],
            "[1]",
        ),
        (
            "default of an ES module",
            &[
                ("main.js", "import x, { b as c } from './esm'; out.push(x, c)"),
                ("esm.js", "export default 'd'; export const b = 2"),
            ],
            r#"["d",2]"#,
        ),
        (
            "live bindings",
            &[
                (
                    "main.js",
                    "import { n, inc } from './esm'; out.push(n); inc(); out.push(n)",
                ),
                ("esm.js", "export let n = 1; export function inc() { n++ }"),
            ],
            "[1,2]",
        ),
        (
            "namespace",
            &[
                (
                    "main.js",
                    "import * as e from './esm'; import * as c from './cjs'; out.push(e.a, c.a, c.default.a)",
                ),
                ("esm.js", "export const a = 1"),
                ("cjs.js", "exports.a = 2"),
            ],
            "[1,2,2]",
        ),
        (
            "export star and renames",
            &[
                (
                    "main.js",
                    "import { a, c } from './all'; import * as all from './all'; out.push(a, c, all.d.a)",
                ),
                (
                    "all.js",
                    "export * from './esm'; export { b as c } from './esm'; export * as d from './esm'",
                ),
                ("esm.js", "export const a = 1, b = 2; export default 3"),
            ],
            "[1,2,1]",
        ),
        (
            "a CommonJS script requires an ES module",
            &[
                (
                    "main.js",
                    "var e = require('./esm'); out.push(e.default.name, e.__esModule)",
                ),
                ("esm.js", "export default function named() {}"),
            ],
            r#"["named",true]"#,
        ),
        (
            "dynamic import",
            &[
                (
                    "main.js",
                    "import('./esm').then(m => out.push(m.default)); var p = './cjs'; import(p).then(m => out.push(m.default.a))",
                ),
                ("esm.js", "export default 1"),
                ("cjs.js", "module.exports = {a: 2}"),
            ],
            "[1,2]",
        ),
        (
            "a failed dynamic import rejects",
            &[("main.js", "import('./none').catch(e => out.push(e.message))")],
            r#"["no ./none"]"#,
        ),
        (
            "a cycle sees partial exports",
            &[
                ("main.js", "import './a'; out.push('end')"),
                (
                    "a.js",
                    "import { b } from './b'; export function a() { return 'a' } out.push(b())",
                ),
                ("b.js", "import { a } from './a'; export function b() { return a() }"),
            ],
            r#"["a","end"]"#,
        ),
        (
            "top-level this stays",
            &[("main.js", "import './a'; out.push(this === exports)"), ("a.js", "")],
            "[true]",
        ),
        (
            "modules are strict",
            &[(
                "main.js",
                "export {}; out.push((function () { return this === undefined })())",
            )],
            "[true]",
        ),
        (
            "imported functions are called without this",
            &[
                ("main.js", "import { f } from './esm'; out.push(f())"),
                ("esm.js", "export function f() { return this === undefined }"),
            ],
            "[true]",
        ),
        (
            "nothing is down-levelled",
            &[(
                "main.js",
                "export class A { #x = 1; static s = 2; get x() { return this.#x ?? 0 } }; out.push(new A().x, A.s, 2 ** 3)",
            )],
            "[1,2,8]",
        ),
    ];
    for (what, files, expected) in cases {
        assert_eq!(run(files), *expected, "{what}");
    }
}

#[test]
fn typescript_is_stripped() {
    let cases: &[Case] = &[
        (
            "types go",
            &[(
                "main.ts",
                "interface A { x: number } type B = A | null; const a: B = { x: 1 } as A; \
              function f<T>(this: void, t: T, o?: string): T { return t! } out.push(f<number>(a!.x)); declare var z: any",
            )],
            "[1]",
        ),
        (
            "unused and type imports go",
            &[(
                "main.ts",
                "import { T } from './none'; import type { U } from './nix'; let t: T | U = 1; out.push(t)",
            )],
            "[1]",
        ),
        (
            "enum",
            &[(
                "main.ts",
                "enum E { A, B = 5, C, D = 'd' } const enum F { X = 2 } out.push(E.C, E[5], E.D, F.X)",
            )],
            r#"[6,"B","d",2]"#,
        ),
        (
            "namespace",
            &[(
                "main.ts",
                "namespace N { export const a = 1; export function f() { return a } } out.push(N.f())",
            )],
            "[1]",
        ),
        (
            "parameter properties and fields",
            &[(
                "main.ts",
                "class A { z = 3; constructor(public x: number, private readonly y = 2) {} sum() { return this.x + this.y + this.z } } out.push(new A(1).sum())",
            )],
            "[6]",
        ),
        (
            "import = require and export =",
            &[
                ("main.ts", "import a = require('./a'); out.push(a.x)"),
                ("a.ts", "const a = { x: 7 }; export = a"),
            ],
            "[7]",
        ),
        (
            "a script without imports",
            &[("main.ts", "const a: number = 1; out.push(a satisfies number)")],
            "[1]",
        ),
        (
            "abstract, overloads, satisfies, generics",
            &[(
                "main.ts",
                "abstract class A<T> { abstract f(): T; g(a: string): void; g(a: any) { out.push(a) } } \
              class B extends A<number> { f() { return 1 } } const b = new B(); b.g('x'); out.push(b.f())",
            )],
            r#"["x",1]"#,
        ),
    ];
    for (what, files, expected) in cases {
        assert_eq!(run(files), *expected, "{what}");
    }
}

#[test]
fn using_as_a_name() {
    let code = "var using = 1; using = using + 1; function f(using) { return using } var o = { using }; \
        var { using: a } = o; var g = ({ using = 5 }) => using; var { using: using2, ...rest } = { using: 3, b: 4 }; \
        out.push(using, f(3), o.using, a, g({}), g({ using: 6 }), using2, rest.b, (class { using() { return 8 } }).prototype.using())";
    assert_eq!(run(&[("main.js", code)]), "[2,3,2,2,5,6,3,4,8]");
    let module = [
        ("main.js", "import { using } from './a'; out.push(using)"),
        ("a.js", "export const using = 9"),
    ];
    assert_eq!(run(&module), "[9]");
}

#[test]
fn refused_sources_say_where() {
    let cases = [
        (
            "a.ts",
            "class A {\n  @dec() x = 1\n}",
            2,
            3,
            "decorators are not supported",
        ),
        ("a.js", "import a from './a'\nlet b = ;", 2, 9, "Expression expected"),
        ("a.ts", "const a: = 1", 1, 10, ""),
        ("a.js", "export const a = 1\nexport const b = ", 2, 18, ""),
    ];
    for (path, source, line, column, message) in cases {
        let error = error(path, source);
        assert_eq!((error.line, error.column), (line, column), "{error}");
        assert!(error.message.contains(message), "{error}");
    }
}

#[test]
fn positions_are_mapped_back() {
    let source = "// first\nimport a from './a'\ninterface X {\n  y: number\n}\n\nexport function f(x: X): number {\n  \
                  return a.none.none(x)\n}\n";
    let result = prepare("a.ts", source, &Limits::default()).unwrap();
    let map = result.map.unwrap();
    for name in ["function f", "return", "none(x)"] {
        let at = result.code.rfind(name).unwrap();
        let before = &result.code[..at];
        let line = before.matches('\n').count() as u32 + 1;
        let column = (at - before.rfind('\n').map_or(0, |n| n + 1)) as u32 + 1;
        let (line, column) = map.original(line, column);
        let offset: usize = source.lines().take(line as usize - 1).map(|l| l.len() + 1).sum();
        let found = &source[offset + column as usize - 1..];
        let wanted = if name == "function f" { "function f" } else { name };
        assert!(
            found.starts_with(wanted) || name == "function f" && found.starts_with("export"),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn syntax_errors_of_the_engine_have_a_place() {
    let mut context = Context::default();
    let cases = [
        ("\nlet a = ;", 2, 9),
        ("let x = {\n  a: 1,\n  b 2\n}", 3, 5),
        ("if (", 1, 1),
        ("let a = 1; let a = 2", 1, 1),
    ];
    for (code, line, column) in cases {
        let error = context
            .eval(Source::from_bytes(code).with_path(Path::new("a.js")))
            .unwrap_err();
        let place = syntax_error("a.js", &error, 0, None).unwrap();
        assert_eq!((place.line, place.column), (line, column), "{error}");
        assert!(!place.message.contains("at line"), "{}", place.message);
    }
    let thrown = context.eval(Source::from_bytes("null.x")).unwrap_err();
    assert!(syntax_error("a.js", &thrown, 0, None).is_none());
    let _ = js_string!("");
}

/// Sources whose nesting grows with `n`, in every way in which the parser recurses.
fn nested(n: usize) -> BTreeMap<&'static str, String> {
    let around = |open: &str, middle: &str, close: &str| format!("{}{middle}{}", open.repeat(n), close.repeat(n));
    BTreeMap::from([
        ("parentheses", around("(", "1", ")")),
        ("arrays", around("[", "", "]")),
        ("objects", format!("x={}", around("{a:", "1", "}"))),
        ("blocks", around("{", "", "}")),
        ("functions", around("function f(){", "", "}")),
        ("calls", format!("x=a=>a;{}", around("x(", "1", ")"))),
        ("unary", around("!", "1", "")),
        ("typeof", around("typeof ", "1", "")),
        ("conditional", around("1?1:", "1", "")),
        ("conditional middle", around("1?", "1", ":1")),
        ("templates", around("`${", "1", "}`")),
        ("if", around("if(1)", ";", "")),
        ("for", around("for(;0;)", ";", "")),
        ("else if", around("if(0);else ", ";", "")),
        ("else if blocks", around("if(0){}else ", ";", "")),
        ("arrows", format!("x={}", around("a=>", "1", ""))),
        ("assignments", around("y=", "1", "")),
        ("powers", format!("x=1{}", "**1".repeat(n))),
        (
            "labels",
            format!("{};", (0..n).map(|i| format!("a{i}:")).collect::<String>()),
        ),
        ("new", format!("function F(){{return F}};{}", around("new ", "F", ""))),
        ("switch", around("switch(1){case 1:", "", "}")),
        ("try", around("try{", "", "}finally{}")),
        ("classes", format!("x={}", around("class{a=", "1", "}"))),
        ("await", format!("(async()=>{{{}}})", around("await ", "1", ""))),
        ("patterns", format!("var {}=1", around("[", "a", "]"))),
    ])
}

#[test]
fn nesting_beyond_the_limit_is_refused_with_its_place() {
    let limits = Limits {
        nesting: 100,
        ..Limits::default()
    };
    for (what, source) in nested(1000) {
        let Err(error) = prepare("a.js", &source, &limits) else {
            panic!("{what} was let through")
        };
        assert!(error.message.starts_with("nested too deep"), "{what}: {error}");
        assert_eq!(error.line, 1);
    }
    let place = prepare("a.js", &format!("\n\n  {}", "(".repeat(101)), &limits).unwrap_err();
    assert_eq!((place.line, place.column), (3, 103));
}

#[test]
fn flat_sources_are_not_refused() {
    let limits = Limits {
        nesting: 20,
        ..Limits::default()
    };
    let flat = [
        "const a = x ? y : z\n",
        "if (a) b()\nelse if (c) d()\n",
        "foo()\n",
        "x = a + b * -c\n",
        "var f = function () { return !a }\n",
        "const f = a => b => c\n",
        "f(a => 1, b ? 1 : 2, !c);",
        "while (a) b()\n",
        "case: for (;;) {}\n",
        "export_ = { a: 1, b: x ? 1 : 2 }\n",
        "a = a || b && c ?? d\n",
        "switch (a) { case 1: x(); break; case 2: { y() } }\n",
        "class A { a = 1; b() { return typeof x } }\n",
        "try { a() } catch (e) { b() } finally { c() }\n",
        "i++\n",
        "x = `a${b}c`\n",
        "const { a, b = 1 } = c\n",
        "a.b.c = d.e = 1\n",
        "if (a) { b } else { c }\n",
        "do { x } while (y)\n",
    ];
    for line in flat {
        assert!(prepare("a.js", &line.repeat(500), &limits).is_ok(), "{line}");
    }
}

#[test]
fn what_the_limit_lets_through_fits_the_stack() {
    let limits = Limits {
        nesting: 60,
        ..Limits::default()
    };
    for (what, source) in nested(50) {
        assert!(prepare("a.js", &source, &limits).is_ok(), "{what}");
    }
    on_big_stack(|| {
        for (what, source) in nested(850) {
            assert!(prepare("a.js", &source, &Limits::default()).is_ok(), "{what}");
            let mut context = Context::default();
            let _ = context.eval(Source::from_bytes(&source));
        }
    });
}

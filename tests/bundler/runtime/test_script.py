"""What the passes take out of Pyodide's JavaScript."""

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.runtime.script import MEASURING, Script, as_module, reduce_script

TEXT = """var _createPyodideModule = (() => {
  return (async function(moduleArg = {}) {
    var currentModuleWeakSymbols = /* @__PURE__ */ new Set([]);
    function _used() {
      return _inner(_datum) + Module.shown + Reader.made;
    }
    _used.sig = "i";
    function _unused() {
      return _helper();
    }
    _unused.sig = "v";
    var _helper = () => _unused();
    class Reader {
      static made = new Set();
    }
    function emscripten_glDraw() {
    }
    emscripten_glDraw.sig = "v";
    Module["shown"] = shown;
    Module["hidden"] = hidden;
    Module["ENV"] = ENV;
    var shown = pick;
    var hidden = pick;
    function pick() {
    }
    var SDL = { screen: null, start() {
    } };
    registerPostMainLoop(() => SDL.start());
    var wasmImports = { used: _used, unused: _unused, emscripten_glDraw, plain };
    var wasmExports = await createWasm();
    var _inner = Module["_inner"] = wasmExports["inner"];
    var _outer = Module["_outer"] = wasmExports["outer"];
    var _asked = Module["_asked"] = wasmExports["asked"];
    var _datum = Module["_datum"] = 1024;
    var _other = Module["_other"] = 2048;
    var made = effect();
    wasmExports["__wasm_call_ctors"]();
    resolveGlobalSymbol("main");
  });
})();
"""
EXPORTED = {"inner", "outer", "asked", "main", "__wasm_call_ctors", "malloc"}


def reduced(text: str = TEXT) -> Script:
    return reduce_script(text, "module.ENV; module._asked", {"used", "plain", "emscripten_glDraw"}, EXPORTED)


def test_what_nothing_that_stays_names_goes_and_all_else_stays() -> None:
    gone = [line.strip() for line in TEXT.split("\n") if line not in reduced().text.split("\n")]
    assert gone == [
        "var currentModuleWeakSymbols = /* @__PURE__ */ new Set([]);",
        "function _unused() {",
        "return _helper();",
        '_unused.sig = "v";',
        "var _helper = () => _unused();",
        "function emscripten_glDraw() {",
        'emscripten_glDraw.sig = "v";',
        'Module["hidden"] = hidden;',
        "var hidden = pick;",
        "var SDL = { screen: null, start() {",
        "} };",
        "registerPostMainLoop(() => SDL.start());",
        "var wasmImports = { used: _used, unused: _unused, emscripten_glDraw, plain };",
        "var wasmExports = await createWasm();",
        'var _outer = Module["_outer"] = wasmExports["outer"];',
        'var _other = Module["_other"] = 2048;',
    ]
    assert "var wasmImports = { used: _used, plain };" in reduced().text


def test_the_exports_that_the_rest_names_are_needed() -> None:
    assert reduced().exports == {"inner", "asked", "main", "__wasm_call_ctors", "malloc"}
    assert "malloc" in MEASURING


def test_a_script_of_another_form_is_refused() -> None:
    with pytest.raises(TrimtabError, match="not one function"):
        reduced(TEXT.replace("(moduleArg = {})", "()"))
    with pytest.raises(TrimtabError, match="0 lists of its functions"):
        reduced(TEXT.replace("wasmImports", "asmImports"))
    with pytest.raises(TrimtabError, match="0 places like"):
        reduced(TEXT.replace("await createWasm", "createWasm"))


def test_the_module_tells_of_which_unit_it_is() -> None:
    assert as_module("text", "0123").endswith(
        "export const UNIT = '0123';\nexport const create = globalThis._createPyodideModule;\n"
    )

//! What a browser does for reading, shared by the modules that read in it.

use js_sys::{JsString, Object, Reflect, Uint8Array};
use nianbao::read::Platform;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type TextDecoder;
    #[wasm_bindgen(constructor, catch)]
    fn new(label: &str, options: &Object) -> Result<TextDecoder, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &Uint8Array) -> Result<String, JsValue>;
}

/// The browser decodes and normalises, so that the module carries no tables for it.
pub struct Browser;

impl Platform for Browser {
    fn decode(&self, encoding: &str, bytes: &[u8]) -> Option<String> {
        let options = Object::new();
        Reflect::set(&options, &"fatal".into(), &JsValue::TRUE).ok()?;
        TextDecoder::new(encoding, &options).ok()?.decode(&Uint8Array::from(bytes)).ok()
    }

    fn nfkc(&self, text: &str) -> String {
        JsString::from(text).normalize("NFKC").into()
    }
}

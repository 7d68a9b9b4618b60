//! Data as an address: what the element fetches from elsewhere otherwise stands in its attributes.

const HEAD: &str = "data:application/json;charset=utf-8,";

/// JSON text as an address that needs no request.
pub fn as_address(json: &str) -> String {
    let mut address = String::with_capacity(HEAD.len() + json.len() * 2);
    address.push_str(HEAD);
    for byte in json.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// The text that such an address stands for; none where it is another address.
pub fn of_address(address: &str) -> Option<String> {
    let mut rest = address.trim().strip_prefix(HEAD)?.bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some(byte) = rest.next() {
        let mut digit = || char::from(rest.next()?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(match byte {
            b'%' => digit()? << 4 | digit()?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_an_address_and_comes_back() {
        for text in ["", "{\"a\": \"甲 %00 \\u2028\u{2028}\"}", "\0\r\n\"'<>&#?+~", "😀"] {
            let address = as_address(text);
            assert!(address.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>&".contains(&byte)), "{address}");
            assert_eq!(of_address(&address).as_deref(), Some(text));
        }
        for other in [
            "",
            "https://example.org/",
            "data:text/plain,x",
            &format!("{HEAD}%4"),
            &format!("{HEAD}%ff"),
            &format!("{HEAD}%é0"),
        ] {
            assert_eq!(of_address(other), None, "{other}");
        }
    }
}

//! Files inside of files, as an input that can be changed byte by byte: a byte 1E before each part, its name to the end
//! of that line, and what it holds. Nothing is packed and nothing summed up, so that a change is one of the content.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const MARK: u8 = 0x1e;

/// The parts that an input names.
fn parts(bytes: &[u8]) -> impl Iterator<Item = (String, &[u8])> {
    bytes.split(|byte| *byte == MARK).skip(1).map(|part| {
        let end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        (String::from_utf8_lossy(&part[..end]).into_owned(), part.get(end + 1..).unwrap_or_default())
    })
}

/// The parts as a ZIP file.
pub fn zip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts(bytes) {
        // One of a name that is there already is left out.
        if writer.start_file(name, stored).is_ok() {
            writer.write_all(content).expect("memory takes it");
        }
    }
    writer.finish().expect("memory takes it").into_inner()
}

/// The parts of a ZIP file as an input; those are left out in which the mark stands.
pub fn unzip(bytes: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a seed is a ZIP file");
    let mut input = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a seed is a ZIP file");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a seed is a ZIP file");
        if !content.contains(&MARK) && !part.is_dir() {
            let name = part.name().expect("a seed has names").into_owned();
            input.extend([&[MARK], name.as_bytes(), b"\n", &content].concat());
        }
    }
    input
}

/// What a ZIP file may unpack to, as its reader bounds it: 250 times a part, or 4 MB, and 96 MB of all.
pub fn unpacked(bytes: &[u8]) -> usize {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return bytes.len() };
    let mut all = 0;
    for index in 0..archive.len().min(4096) {
        let Ok(part) = archive.by_index(index) else { continue };
        let most = part.compressed_size().saturating_mul(250).clamp(4 << 20, 48 << 20);
        all += std::io::copy(&mut part.take(most), &mut std::io::sink()).unwrap_or(most);
    }
    bytes.len() + all.min(96 << 20) as usize
}

/// A workbook's stream as a compound file.
pub fn compound(stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory takes it");
    file.create_stream("/Workbook").and_then(|mut part| part.write_all(stream)).expect("memory takes it");
    file.flush().expect("memory takes it");
    file.into_inner().into_inner()
}

/// The stream of a workbook in a compound file.
pub fn workbook(bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).expect("a seed is a compound file");
    let mut stream = Vec::new();
    file.open_stream("/Workbook").and_then(|mut part| part.read_to_end(&mut stream)).expect("a seed is a workbook");
    stream
}

//! The container of office files: named parts in a ZIP archive. The parts stand in the order in which they
//! are given, all of the same date, so that the same parts give the same bytes.

use std::io::Write;

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use miniz_oxide::deflate::compress_to_vec;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};

use super::xml::Xml;
use super::{WriteError, printable};
use crate::publication::Publication;
use crate::words;

/// Without a table, which would weigh more in a browser than everything else about archives.
const CHECKSUM: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);
/// How hard to compress, of 10.
const EFFORT: u8 = 8;

/// Packs parts, each a path and what stands there.
///
/// # Errors
/// Where the archive cannot hold them.
pub fn packed(parts: &[(&str, &[u8])]) -> Result<Vec<u8>, WriteError> {
    archive(parts).map_err(|error| WriteError::new(words::WRITE_NOT_PACKED, &[("error", &error.to_string())]))
}

fn archive(parts: &[(&str, &[u8])]) -> Result<Vec<u8>, rawzip::Error> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    // The first day that an archive knows.
    let date = UtcDateTime::from_unix(315_532_800);
    for (path, content) in parts {
        let file = archive.new_file(*path).compression_method(CompressionMethod::DEFLATE).last_modified(date);
        let (mut entry, _) = file.start()?;
        entry.write_all(&compress_to_vec(content, EFFORT))?;
        entry.finish(DataDescriptorOutput::new(CHECKSUM.checksum(content), content.len() as u64))?;
    }
    archive.finish()
}

/// `docProps/core.xml`: what the file is and whose, without any time.
pub fn core_properties(publication: &Publication) -> Vec<u8> {
    let attributes = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    Xml::document("cp:coreProperties", &attributes, |xml| {
        xml.leaf("dc:title", &[], &printable(&publication.title));
        xml.leaf("dc:creator", &[], &printable(&publication.report.agency));
        xml.leaf("dc:language", &[], "zh-CN");
    })
}

/// A part that says which other parts one refers to: id, type, target.
pub fn relationships(relationships: &[(&str, &str, &str)]) -> Vec<u8> {
    let attributes = [("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")];
    Xml::document("Relationships", &attributes, |xml| {
        for (id, kind, target) in relationships {
            let kind = match kind.contains('/') {
                true => format!("http://schemas.openxmlformats.org/{kind}"),
                false => format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"),
            };
            xml.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", target)]);
        }
    })
}

/// The relationship of a package to its core properties.
pub const CORE_PROPERTIES: &str = "package/2006/relationships/metadata/core-properties";

/// `[Content_Types].xml`: the types of parts by path, and of others by their endings.
pub fn content_types(endings: &[(&str, &str)], parts: &[(String, &str)]) -> Vec<u8> {
    let attributes = [("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")];
    Xml::document("Types", &attributes, |xml| {
        for (ending, kind) in ENDINGS.iter().chain(endings) {
            xml.empty("Default", &[("Extension", ending), ("ContentType", kind)]);
        }
        for (path, kind) in parts {
            let kind = format!("application/vnd.openxmlformats-{kind}+xml");
            xml.empty("Override", &[("PartName", path), ("ContentType", &kind)]);
        }
    })
}

/// The endings that every office file has.
const ENDINGS: [(&str, &str); 2] =
    [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")];

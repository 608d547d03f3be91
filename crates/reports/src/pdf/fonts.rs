//! The fonts: Noto Sans for Latin, Greek and Cyrillic is inside; what it has no letters for is looked for in
//! folders.

use parley::fontique::{Blob, Collection, CollectionOptions, FamilyId, FontInfo, SourceCache};
use parley::{FontContext, fontique};
use std::path::PathBuf;
use std::sync::Arc;

/// The family that is inside.
pub(super) const FAMILY: &str = "Noto Sans";

static REGULAR: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
static SEMI_BOLD: &[u8] = include_bytes!("../../fonts/NotoSans-SemiBold.ttf");

/// A letter of each script that people's names are likely to be in; who has it is taken to have the script.
const SCRIPTS: [(&str, char); 19] = [
    ("Latn", 'ə'),
    ("Arab", 'ع'),
    ("Hebr", 'א'),
    ("Hani", '山'),
    ("Hira", 'の'),
    ("Kana", 'ア'),
    ("Hang", '한'),
    ("Bopo", 'ㄅ'),
    ("Thai", 'ก'),
    ("Deva", 'क'),
    ("Beng", 'ক'),
    ("Taml", 'க'),
    ("Telu", 'క'),
    ("Armn", 'Ա'),
    ("Geor", 'ა'),
    ("Ethi", 'አ'),
    ("Khmr", 'ក'),
    ("Mymr", 'က'),
    ("Sinh", 'ක'),
];
/// Families that are tried for a script.
const MAX_FAMILIES: usize = 4;

/// Where letters come from.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    /// Folders with more fonts, such as `/usr/share/fonts`; read only when a text has letters that the fonts
    /// inside do not have.
    pub folders: Vec<PathBuf>,
}

/// The fonts inside, without those of the folders.
pub(super) fn inside() -> FontContext {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    for font in [REGULAR, SEMI_BOLD] {
        collection.register_fonts(Blob::new(Arc::new(font)), None);
    }
    FontContext { collection, source_cache: SourceCache::default() }
}

/// Adds what is in the folders, for the scripts that are found there.
pub(super) fn add_folders(context: &mut FontContext, fonts: &Fonts) {
    let FontContext { collection, source_cache } = context;
    collection.load_fonts_from_paths(&fonts.folders);
    let mut names: Vec<_> =
        collection.family_names().filter(|name| *name != FAMILY).map(str::to_owned).collect();
    names.sort_by_cached_key(|name| (rank(name), name.clone()));
    let mut found = vec![Vec::<FamilyId>::new(); SCRIPTS.len()];
    for name in names {
        let Some(family) = collection.family_by_name(&name) else { continue };
        let Some(font) = family.default_font() else { continue };
        for (families, has) in found.iter_mut().zip(scripts_of(font, source_cache)) {
            if has && families.len() < MAX_FAMILIES {
                families.push(family.id());
            }
        }
    }
    for ((script, _), families) in SCRIPTS.iter().zip(found) {
        let Ok(script) = script.parse::<fontique::Script>() else { continue };
        collection.append_fallbacks(script, families.into_iter());
    }
}

/// Plain sans-serif faces first.
fn rank(name: &str) -> u8 {
    let special = ["Serif", "Mono", "Nastaliq", "Kufi", "Display", "Emoji", "Looped", "Condensed"];
    match name {
        name if special.iter().any(|word| name.contains(word)) => 2,
        name if name.starts_with(FAMILY) => 0,
        _ => 1,
    }
}

fn scripts_of(font: &FontInfo, source_cache: &mut SourceCache) -> [bool; SCRIPTS.len()] {
    let Some(data) = font.load(Some(source_cache)) else { return [false; SCRIPTS.len()] };
    let Some(charmap) = font.charmap_index().charmap(data.as_ref()) else { return [false; SCRIPTS.len()] };
    SCRIPTS.map(|(_, letter)| charmap.map(letter).is_some_and(|glyph| glyph != 0))
}

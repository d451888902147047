//! What the header of an MP4 file says of its tracks.

/// A track of a film.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Track {
    /// Pictures; else it is sound.
    pub video: bool,
    /// Its length.
    pub seconds: f64,
    /// Of pictures: how wide they are.
    pub width: u32,
    /// Of pictures: how high they are.
    pub height: u32,
    /// Of pictures: how many there are.
    pub frames: u32,
}

/// The tracks of sound and of pictures; none where this is no such file.
pub fn tracks(file: &[u8]) -> Vec<Track> {
    let Some(movie) = inner(file, b"moov") else {
        return Vec::new();
    };
    let traks = boxes(movie).into_iter().filter(|(name, _)| *name == b"trak");
    traks.filter_map(|(_, content)| track(content)).collect()
}

fn track(trak: &[u8]) -> Option<Track> {
    let media = inner(trak, b"mdia")?;
    let video = match inner(media, b"hdlr")?.get(8..12)? {
        b"vide" => true,
        b"soun" => false,
        _ => return None,
    };
    let seconds = length(inner(media, b"mdhd")?)?;
    if !video {
        return Some(Track {
            video,
            seconds,
            width: 0,
            height: 0,
            frames: 0,
        });
    }
    // Width and height are the last of the track's header, in 16 bits before and 16 after the point.
    let header = inner(trak, b"tkhd")?;
    let at = header.len().checked_sub(8)?;
    let (width, height) = (number(header, at)? >> 16, number(header, at + 4)? >> 16);
    let frames = samples(inner(inner(inner(media, b"minf")?, b"stbl")?, b"stts")?)?;
    Some(Track {
        video,
        seconds,
        width,
        height,
        frames,
    })
}

/// Seconds of a media header, whose first byte is its version.
fn length(header: &[u8]) -> Option<f64> {
    let (scale, units) = match header.first()? {
        1 => (
            number(header, 20)?,
            f64::from(number(header, 24)?) * 4_294_967_296.0 + f64::from(number(header, 28)?),
        ),
        _ => (number(header, 12)?, f64::from(number(header, 16)?)),
    };
    let seconds = units / f64::from(scale);
    (seconds.is_finite() && seconds > 0.0).then_some(seconds)
}

/// The table of times has runs of samples: how many, and how long each.
fn samples(table: &[u8]) -> Option<u32> {
    let runs = number(table, 4)? as usize;
    let counts = table
        .get(8..)?
        .chunks_exact(8)
        .take(runs)
        .filter_map(|run| number(run, 0));
    counts.into_iter().try_fold(0_u32, u32::checked_add)
}

fn inner<'a>(content: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    boxes(content).into_iter().find(|one| one.0 == name).map(|one| one.1)
}

/// The boxes of this level: name and content. A length of 0 goes to the end, one of 1 has the real one behind the name.
fn boxes(mut rest: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut found = Vec::new();
    while let (Some(size), Some(name)) = (number(rest, 0), rest.get(4..8)) {
        let (from, to) = match size {
            0 => (8, rest.len()),
            1 if number(rest, 8) == Some(0) => (16, number(rest, 12).unwrap_or_default() as usize),
            size => (8, size as usize),
        };
        let Some(content) = rest.get(from..to) else { break };
        found.push((name, content));
        rest = rest.get(to..).unwrap_or_default();
    }
    found
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: &[u8], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes()[..], name, content].concat()
    }

    fn words(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    fn film() -> Vec<u8> {
        let times = boxed(b"stts", &words(&[0, 2, 20, 40, 30, 40]));
        let media = [
            boxed(b"mdhd", &words(&[0, 0, 0, 1000, 2000, 0])),
            boxed(b"hdlr", &[&words(&[0, 0])[..], b"vide", &[0; 12]].concat()),
            boxed(b"minf", &boxed(b"stbl", &times)),
        ]
        .concat();
        let header = [vec![0; 76], words(&[320 << 16, 240 << 16])].concat();
        let trak = [boxed(b"tkhd", &header), boxed(b"mdia", &media)].concat();
        [boxed(b"ftyp", b"isom"), boxed(b"moov", &boxed(b"trak", &trak))].concat()
    }

    #[test]
    fn the_header_says_how_long_how_large_and_how_many() {
        let known = Track {
            video: true,
            seconds: 2.0,
            width: 320,
            height: 240,
            frames: 50,
        };
        assert_eq!(tracks(&film()), [known]);
    }

    #[test]
    fn a_file_that_is_cut_or_none_has_no_tracks() {
        let film = film();
        for end in 0..film.len() {
            assert_eq!(tracks(&film[..end]), []);
        }
        assert_eq!(tracks(b"no film at all, whatever its name may say"), []);
    }
}

//! How long to wait before the portal is asked again.

/// The first wait in milliseconds; each further one is twice as long, up to the longest.
const FIRST: f64 = 1_000.0;
const LONGEST: f64 = 60_000.0;
/// A portal that asks for more than a day is asked again after that.
const MOST: u32 = 86_400;

/// Milliseconds to wait after `tries` tries in a row that came to nothing (1 and more). `told` are the seconds that the
/// portal asked for (`Retry-After`); `chance`, from 0 to 1, spreads those who were cut off together, so that they do not
/// come back together (half the wait is left to it).
///
/// ```
/// use mot_cua::dossier::patience::pause;
/// assert!((500..=1_000).contains(&pause(1, None, 0.3)));
/// assert!((30_000..=60_000).contains(&pause(40, None, 0.9)));
/// assert!((5_000..=6_000).contains(&pause(1, Some(5), 1.0)));
/// ```
pub fn pause(tries: u32, told: Option<u32>, chance: f64) -> u32 {
    let wait = (FIRST * 2f64.powi(tries.clamp(1, 20) as i32 - 1)).min(LONGEST);
    match told {
        // Never earlier than the portal said.
        Some(seconds) => seconds.min(MOST) * 1_000 + (chance * FIRST) as u32,
        None => (wait * (0.5 + chance / 2.0)) as u32,
    }
}

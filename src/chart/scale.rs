//! Scales: values to places between 0 and 1, and the ticks that stand along them.

use super::spec::ScaleKind;

/// About how many ticks a scale has.
const TICKS: f64 = 5.0;

/// A scale of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    kind: ScaleKind,
    least: f64,
    most: f64,
    /// From one tick of a linear one to the next; it divides the ends, which it widened.
    step: f64,
}

impl Scale {
    /// The scale that holds all values, widened to round ends; a linear one starts at zero where `from_zero`.
    ///
    /// `None` where there is no value, or one that a logarithm does not take.
    pub fn of(kind: ScaleKind, values: impl Iterator<Item = f64> + Clone, from_zero: bool) -> Option<Self> {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let most = values.fold(f64::NEG_INFINITY, f64::max);
        if !(least.is_finite() && most.is_finite()) {
            return None;
        }
        match kind {
            ScaleKind::Log if least <= 0.0 => None,
            ScaleKind::Log => {
                let (least, most) = (*round_values(least, least).first()?, *round_values(most, most).last()?);
                Some(Self { kind, least, most: if most > least { most } else { least * 10.0 }, step: 0.0 })
            }
            ScaleKind::Linear => {
                let (least, most) = if from_zero { (least.min(0.0), most.max(0.0)) } else { (least, most) };
                let (least, most) = if most - least > 0.0 { (least, most) } else { (least - 0.5, most + 0.5) };
                let step = step(most - least);
                Some(Self { kind, least: (least / step).floor() * step, most: (most / step).ceil() * step, step })
            }
        }
    }

    /// Where a value stands: 0 at the least, 1 at the most.
    pub fn place(&self, value: f64) -> f64 {
        let place = match self.kind {
            ScaleKind::Linear => (value - self.least) / (self.most - self.least),
            ScaleKind::Log => (value / self.least).log10() / (self.most / self.least).log10(),
        };
        if place.is_finite() { place.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Where bars start: at zero where the scale has it, else at its least value.
    pub fn base(&self) -> f64 {
        match self.kind {
            ScaleKind::Linear => 0.0_f64.clamp(self.least, self.most),
            ScaleKind::Log => self.least,
        }
    }

    /// The values at which ticks stand.
    pub fn ticks(&self) -> Vec<f64> {
        match self.kind {
            ScaleKind::Linear => (0..=20)
                .map(|n| self.least + f64::from(n) * self.step)
                .take_while(|tick| *tick <= self.most + self.step * 1e-6)
                .collect(),
            ScaleKind::Log => {
                let decades = (self.most / self.least).log10();
                let within = |tick: &f64| (self.least * (1.0 - 1e-9)..=self.most * (1.0 + 1e-9)).contains(tick);
                let round = round_values(self.least, self.most).into_iter().filter(within);
                if decades <= 2.0 {
                    return round.collect();
                }
                let powers = round.filter(|tick| (tick.log10() - tick.log10().round()).abs() < 1e-9);
                let powers: Vec<f64> = powers.collect();
                let stride = powers.len().div_ceil(7).max(1);
                powers.into_iter().step_by(stride).collect()
            }
        }
    }
}

/// The values 1, 2 and 5 times a power of ten from the last at or below one value to the first at or above another.
fn round_values(least: f64, most: f64) -> Vec<f64> {
    let (low, high) = (least.log10().floor(), most.log10().ceil());
    let powers = (0..=700).map(|n| low + f64::from(n)).take_while(|power| *power <= high);
    let all: Vec<f64> = powers.flat_map(|power| [1.0, 2.0, 5.0].map(|factor| factor * 10_f64.powf(power))).collect();
    let first = all.iter().rposition(|value| *value <= least * (1.0 + 1e-9)).unwrap_or(0);
    let last = all.iter().position(|value| *value >= most * (1.0 - 1e-9)).unwrap_or(all.len().saturating_sub(1));
    all.get(first..=last).map(<[f64]>::to_vec).unwrap_or_default()
}

/// A step of 1, 2 or 5 times a power of ten that divides a range into about [`TICKS`].
fn step(range: f64) -> f64 {
    let rough = range / TICKS;
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough).unwrap_or(10.0);
    let step = factor * power;
    if step.is_finite() && step > 0.0 { step } else { 1.0 }
}

/// A number as an axis and a table show it: at most six digits that matter, thousands apart.
pub fn number(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    if !(1e-6..1e15).contains(&value.abs()) {
        return format!("{value:.3e}");
    }
    #[expect(clippy::cast_possible_truncation, reason = "between -6 and 15")]
    let magnitude = value.abs().log10().floor() as i32;
    let decimals = usize::try_from((5 - magnitude).clamp(0, 12)).unwrap_or(0);
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("−", digits));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

/// A number as a label beside what is drawn shows it: three digits that matter, whole from 100 on.
pub(super) fn short(value: f64) -> String {
    let step = 10_f64.powf((value.abs().log10().floor() - 2.0).min(0.0));
    number((value / step).round() * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_values() {
        let linear = Scale::of(ScaleKind::Linear, [0.3, 9.2].into_iter(), true).expect("a scale");
        assert_eq!(linear.ticks(), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert!((linear.place(5.0) - 0.5).abs() < 1e-9);
        let log = Scale::of(ScaleKind::Log, [0.02, 70.0].into_iter(), false).expect("a scale");
        assert_eq!(log.ticks().iter().map(|tick| number(*tick)).collect::<Vec<_>>(), ["0.1", "1", "10", "100"]);
        let short = Scale::of(ScaleKind::Log, [1.0, 8.0].into_iter(), false).expect("a scale");
        assert_eq!(short.ticks().iter().map(|tick| number(*tick)).collect::<Vec<_>>(), ["1", "2", "5", "10"]);
        assert!(Scale::of(ScaleKind::Log, [0.0, 1.0].into_iter(), false).is_none());
        assert!(Scale::of(ScaleKind::Linear, [f64::NAN; 0].into_iter(), false).is_none());
        let same = Scale::of(ScaleKind::Linear, [3.0, 3.0].into_iter(), false).expect("a scale");
        assert!(same.ticks().len() > 1);
    }

    #[test]
    fn ticks_stay_round_and_reach_both_ends_where_ends_were_widened() {
        let ticks = |values: [f64; 2]| {
            let scale = Scale::of(ScaleKind::Linear, values.into_iter(), false).expect("a scale");
            scale.ticks().iter().map(|tick| number(*tick)).collect::<Vec<_>>()
        };
        assert_eq!(ticks([3.0, 13.0]), ["2", "4", "6", "8", "10", "12", "14"]);
        assert_eq!(ticks([-1.0, 9.0]), ["−2", "0", "2", "4", "6", "8", "10"]);
        assert_eq!(ticks([3.0, 3.0]), ["2.4", "2.6", "2.8", "3", "3.2", "3.4", "3.6"]);
    }

    #[test]
    fn numbers_are_short() {
        let cases = [(1234567.0, "1,234,567"), (0.61490001, "0.6149"), (-20.0, "−20"), (0.0, "0"), (1e20, "1.000e20")];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn labels_are_shorter_still() {
        let cases = [(0.61490001, "0.615"), (12.349, "12.3"), (1234.5, "1,235"), (-0.0456, "−0.0456"), (0.0, "0")];
        for (value, text) in cases {
            assert_eq!(short(value), text);
        }
    }
}

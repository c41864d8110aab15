//! The hues of frameworks' marks: they stand out from every ground, and colour-blind readers can tell them apart.

/// Colours by their roles.
const SHEET: &str = include_str!("../../static/tokens.css");
const HUES: [&str; 6] = ["mark-blue", "mark-orange", "mark-green", "mark-purple", "mark-ochre", "mark-slate"];
/// What marks stand on.
const GROUNDS: [&str; 4] = ["paper", "sheet", "well", "accent-wash"];
/// The least contrast of what is no text (WCAG 2.2, 1.4.11).
const CONTRAST: f64 = 3.0;
/// How far apart two hues are at least in Oklab, where white is 1 from black.
const APART: f64 = 0.06;

/// Red, green and blue as amounts of light, or what is made of them.
type Parts = [f64; 3];
type Matrix = [Parts; 3];

/// What is left of colours without one kind of cone (Machado, Oliveira and Fernandes, 2009).
const VISIONS: [(&str, Matrix); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    ("deuteranopia", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]),
];
/// From light to cones, and from these to Oklab (Ottosson, 2020).
const TO_CONES: Matrix = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_OKLAB: Matrix = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
];

#[test]
fn marks_stand_out_from_every_ground() {
    for hue in HUES {
        for ground in GROUNDS {
            for (hue_there, ground_there) in role(hue).into_iter().zip(role(ground)) {
                let contrast = contrast(hue_there, ground_there);
                assert!(contrast >= CONTRAST, "{hue} on {ground}: {contrast:.2}");
            }
        }
    }
}

#[test]
fn hues_of_marks_differ_whichever_cones_somebody_has() {
    for (name, vision) in VISIONS {
        for theme in [0, 1] {
            let seen = HUES.map(|hue| seen(vision, role(hue)[theme]));
            for (at, one) in seen.iter().enumerate() {
                for (other_at, other) in seen.iter().enumerate().skip(at + 1) {
                    let apart = one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(apart >= APART, "{} and {} with {name}: {apart:.3}", HUES[at], HUES[other_at]);
                }
            }
        }
    }
}

/// The colours of a role, light and dark.
fn role(name: &str) -> [Parts; 2] {
    let found = SHEET.split_once(&format!("--{name}: light-dark("));
    let pair = found.and_then(|(_, rest)| rest.split_once(')')?.0.split_once(", "));
    let (light, dark) = pair.unwrap_or_else(|| panic!("--{name} is a pair of colours"));
    [linear(light), linear(dark)]
}

/// A colour such as `#fff` or `#1e201e` as amounts of light.
fn linear(hex: &str) -> Parts {
    let digits = hex.trim_start_matches('#');
    let length = digits.len() / 3;
    std::array::from_fn(|at| {
        let part = digits[at * length..(at + 1) * length].repeat(2 / length);
        let value = f64::from(u8::from_str_radix(&part, 16).expect("hexadecimal digits")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn contrast(one: Parts, other: Parts) -> f64 {
    let luminance = |[red, green, blue]: Parts| 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Where a colour lies in Oklab for somebody who sees it so.
fn seen(vision: Matrix, light: Parts) -> Parts {
    let left = product(vision, light).map(|part| part.max(0.0));
    product(TO_OKLAB, product(TO_CONES, left).map(f64::cbrt))
}

fn product(matrix: Matrix, [x, y, z]: Parts) -> Parts {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

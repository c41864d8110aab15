//! The controls of a comparison as a form: whatever a link can choose, a field can choose as well.

use crate::content::metadata::{DeclaredCriterion, FactKind};
use crate::matrix::{Layout, Matrix, MustHave, RowKind, Selection, Sort, SortKey, beginnings};
use crate::site::{Category, Site};
use crate::views::nav;

/// A must-have without the name of a fact, as the form shows one.
const WITHOUT_A_NAME: &str = "no JVM";

/// The fields of the form.
pub(super) struct Controls<'a> {
    pub frameworks: Vec<Choice<'a>>,
    pub criteria: Vec<Choice<'a>>,
    pub rows: Vec<RowChoices<'a>>,
    pub must: MustForm<'a>,
    pub sorts: Vec<Entry>,
    pub layouts: Vec<Entry>,
    /// The findings that are open, as the form sends them.
    pub open: Vec<String>,
    /// How many frameworks are chosen, and of how many.
    pub framework_count: String,
    /// How many criteria are chosen, and of how many.
    pub criterion_count: String,
}

/// A framework, criterion or row that can be chosen.
pub(in crate::views) struct Choice<'a> {
    pub value: String,
    pub title: &'a str,
    pub mark: Option<usize>,
    pub chosen: bool,
}

/// The rows of a criterion to choose from.
pub(super) struct RowChoices<'a> {
    pub criterion: &'a str,
    pub rows: Vec<Choice<'a>>,
}

/// An entry of a list to select from.
pub(in crate::views) struct Entry {
    pub value: String,
    pub title: String,
    pub chosen: bool,
}

/// The must-haves that hold, and those that are offered.
pub(in crate::views) struct MustForm<'a> {
    /// Those that hold: value and words.
    pub chosen: Vec<(String, String)>,
    /// Those that are offered, by criterion: value and words.
    pub offered: Vec<(&'a str, Vec<(String, String)>)>,
    /// How one about each declared fact begins, and what the fact's values are.
    pub beginnings: Vec<(String, &'static str)>,
    /// Whether what is not wanted can be asked for without the name of a fact.
    pub knows_needs: bool,
}

impl<'a> Controls<'a> {
    pub fn of(site: &'a Site, category: &'a Category, selection: &Selection, matrix: &Matrix<'a>) -> Self {
        Self {
            frameworks: frameworks(category, selection),
            criteria: criteria(category, selection),
            rows: rows(category, selection, matrix),
            must: MustForm::of(site, category, &selection.must),
            sorts: sorts(category, selection, matrix),
            layouts: layouts(selection),
            open: open(category, selection),
            framework_count: format!("{} of {}", selection.frameworks.len(), category.frameworks.len()),
            criterion_count: format!("{} of {}", selection.criteria.len(), category.criteria.len()),
        }
    }
}

impl<'a> MustForm<'a> {
    /// The must-haves of a category, those that hold first.
    pub fn of(site: &'a Site, category: &'a Category, must: &[MustHave]) -> Self {
        let pair = |must: &MustHave| (decoded(&must.to_value(category)), must.label(site, category));
        let chosen: Vec<_> = must.iter().map(pair).collect();
        let offers = |number: usize, criterion: &'a DeclaredCriterion| {
            let questions = criterion.facts.iter().filter(|fact| fact.kind == FactKind::YesNo);
            let answers = questions.map(|fact| format!("{}.{}:yes", criterion.slug, fact.slug));
            let is_rated = category.frameworks.iter().any(|framework| framework.rating(site, number).is_some());
            let ratings = [3, 4].map(|least| format!("{}>={least}", criterion.slug));
            answers
                .chain(ratings.into_iter().filter(|_| is_rated))
                .filter_map(|text| MustHave::read(site, category, &text))
                .filter(|offer| !must.contains(offer))
                .map(|offer| pair(&offer))
                .collect::<Vec<_>>()
        };
        let criteria = category.criteria.iter().enumerate();
        let offered = criteria.map(|(number, criterion)| (criterion.name.as_str(), offers(number, criterion)));
        let offered = offered.filter(|(_, offers)| !offers.is_empty()).collect();
        let beginnings = beginnings(site, category).into_iter().map(|(text, fact)| (text, fact.kind.name())).collect();
        let knows_needs = MustHave::read(site, category, WITHOUT_A_NAME).is_some();
        Self { chosen, offered, beginnings, knows_needs }
    }
}

/// The frameworks to choose from, in the category's order; once columns were moved, the chosen ones come
/// first as they stand, so that the form keeps their order.
fn frameworks<'a>(category: &'a Category, selection: &Selection) -> Vec<Choice<'a>> {
    let choice = |(place, chosen): (usize, bool)| {
        let framework = &category.frameworks[place];
        Choice { value: decoded(&framework.slug), title: &framework.title, mark: Some(nav::mark(place)), chosen }
    };
    if selection.frameworks.is_sorted() {
        let all = (0..category.frameworks.len()).map(|place| (place, selection.frameworks.contains(&place)));
        return all.map(choice).collect();
    }
    let others = (0..category.frameworks.len()).filter(|place| !selection.frameworks.contains(place));
    let chosen = selection.frameworks.iter().map(|&place| (place, true));
    chosen.chain(others.map(|place| (place, false))).map(choice).collect()
}

fn criteria<'a>(category: &'a Category, selection: &Selection) -> Vec<Choice<'a>> {
    let choice = |(place, criterion): (usize, &'a DeclaredCriterion)| Choice {
        value: criterion.slug.clone(),
        title: &criterion.name,
        mark: None,
        chosen: selection.criteria.contains(&place),
    };
    category.criteria.iter().enumerate().map(choice).collect()
}

/// Every row of the chosen criteria, whether or not it is shown.
fn rows<'a>(category: &'a Category, selection: &Selection, matrix: &Matrix<'a>) -> Vec<RowChoices<'a>> {
    let choice = |criterion: usize, kind: &RowKind<'a>| {
        let key = kind.key(criterion);
        let value = decoded(&key.to_value(category));
        Choice { value, title: kind.name(), mark: None, chosen: selection.rows.contains(&key) }
    };
    let choices = selection.criteria.iter().map(|&criterion| RowChoices {
        criterion: &category.criteria[criterion].name,
        rows: matrix.kinds(criterion).iter().map(|kind| choice(criterion, kind)).collect(),
    });
    choices.collect()
}

/// The orders to choose from: as chosen, by name, and by every row that is shown.
fn sorts(category: &Category, selection: &Selection, matrix: &Matrix<'_>) -> Vec<Entry> {
    let current = selection.sort.as_ref();
    let of_rows = matrix.groups.iter().flat_map(|group| {
        let name = &category.criteria[group.criterion].name;
        group
            .rows
            .iter()
            .filter_map(move |row| Some((row.kind.sort_key(group.criterion)?, format!("{name}: {}", lower(&row.kind)))))
    });
    let mut choices = vec![Entry { value: String::new(), title: "As chosen".to_owned(), chosen: false }];
    for (key, title) in [(SortKey::Name, "Name".to_owned())].into_iter().chain(of_rows) {
        let reversed = current.is_some_and(|sort| sort.key == key && sort.reversed);
        let sort = Sort { key, reversed };
        choices.push(Entry {
            value: decoded(&sort.to_value(category)),
            title: if reversed { format!("{title}, reversed") } else { title },
            chosen: current == Some(&sort),
        });
    }
    if let Some(sort) = current.filter(|_| !choices.iter().any(|choice| choice.chosen)) {
        let value = decoded(&sort.to_value(category));
        choices.push(Entry { title: value.clone(), value, chosen: true });
    }
    choices
}

/// The name of a row inside a line of words; names written in capitals stay as they are.
fn lower(row: &RowKind<'_>) -> String {
    match row {
        RowKind::Fact { name, .. } => (*name).to_owned(),
        other => other.name().to_lowercase(),
    }
}

fn layouts(selection: &Selection) -> Vec<Entry> {
    let option = |layout: Option<Layout>, title: &str| Entry {
        value: layout.map(Layout::name).unwrap_or_default().to_owned(),
        title: title.to_owned(),
        chosen: selection.layout == layout,
    };
    let own = if selection.frameworks.len() == 2 {
        vec![option(None, "head to head"), option(Some(Layout::Columns), "columns")]
    } else {
        vec![option(selection.layout.filter(|layout| *layout == Layout::Columns), "columns")]
    };
    own.into_iter()
        .chain([option(Some(Layout::Rows), "rows"), option(Some(Layout::Paper), "sheets of paper")])
        .collect()
}

fn open(category: &Category, selection: &Selection) -> Vec<String> {
    let name = |&(framework, criterion): &(usize, usize)| {
        format!("{}.{}", decoded(&category.frameworks[framework].slug), category.criteria[criterion].slug)
    };
    selection.open.iter().map(name).collect()
}

/// A slug as it stands in a form, which encodes what it sends.
pub(in crate::views) fn decoded(slug: &str) -> String {
    percent_encoding::percent_decode_str(slug).decode_utf8_lossy().into_owned()
}

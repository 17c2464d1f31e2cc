//! Checks that what the types say fits together: names, paths, roles, links, conditions, computed values.

use super::model::{Field, Role, Schemas, Type};
use super::parse::role_word;
use super::rules::{Case, Check, Condition, Derive, Inherit, Test};
use crate::diagnostic::{Diagnostics, Place, messages, nearest, said};
use crate::value::{Kind, Lang, Unit};

/// Checks every path, role, link and rule of every type.
pub fn all(schemas: &Schemas, diagnostics: &mut Diagnostics) {
    for (at, of) in schemas.types.iter().enumerate() {
        for other in &schemas.types[..at] {
            for (word, name) in [("type", of.name == other.name), ("folder", of.folder == other.folder)] {
                if name {
                    let shown = if word == "type" { &*of.name } else { of.folder.as_str() };
                    diagnostics.push(messages::schema::type_twice(of.place.clone(), word, shown, other.place.clone()));
                }
            }
        }
        let mut check = Checker { schemas, of, diagnostics };
        check.roles();
        check.fields(&of.fields, "");
        check.rules();
        for path in &of.block {
            check.path("block", path, None, &of.place);
        }
        for path in &of.sheet {
            check.path("sheet", path, None, &of.place);
        }
        if let Some(distances) = &of.distances {
            for key in [Some(&distances.name), distances.kind.as_ref()].into_iter().flatten() {
                check.path("distances", &format!("{}.{key}", distances.of), None, &of.place);
            }
            check.length("distances", &format!("{}.{}", distances.of, distances.km), &of.place);
        }
        if let Some(calendar) = &of.calendar {
            for path in std::iter::once(&calendar.start).chain(&calendar.end) {
                check.kind("calendar", path, None, &of.place, false);
            }
            for path in calendar.place.iter().chain(&calendar.notes) {
                check.path("calendar", path, None, &of.place);
            }
        }
        for order in &of.order {
            check.path("order", &order.field, None, &of.place);
        }
        if let Some(rows) = &of.rows {
            check.path("rows", rows, None, &of.place);
        }
    }
}

pub(super) struct Checker<'a, 'd> {
    pub(super) schemas: &'a Schemas,
    pub(super) of: &'a Type,
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl Checker<'_, '_> {
    fn roles(&mut self) {
        for (at, field) in self.of.fields.iter().enumerate() {
            // A hearing ends on one day and a tender on another: only the end of validity may have several fields.
            let Some(role) = field.role.filter(|role| *role != Role::Expires) else { continue };
            if let Some(first) = self.of.fields[..at].iter().find(|other| other.role == Some(role)) {
                let word = role_word(role);
                self.diagnostics.push(messages::schema::role_twice(
                    field.place.clone(),
                    &word,
                    &field.key,
                    &first.key,
                    first.place.clone(),
                ));
            }
        }
    }

    fn fields(&mut self, fields: &[Field], prefix: &str) {
        for (at, field) in fields.iter().enumerate() {
            let words = |field: &Field| {
                let mut words = vec![field.key.to_string(), field.label.zh.clone()];
                words.extend(field.also.clone());
                words
            };
            for other in &fields[..at] {
                if let Some(word) = words(field).into_iter().find(|word| !word.is_empty() && words(other).contains(word)) {
                    self.diagnostics.push(messages::schema::label_twice(
                        field.place.clone(),
                        &word,
                        &field.key,
                        &other.key,
                        other.place.clone(),
                    ));
                }
            }
            if let Some(section) = field.section.as_ref().filter(|key| !self.of.sections.iter().any(|section| section.key == **key)) {
                let near = nearest(section, self.of.sections.iter().map(|section| section.key.as_str()));
                self.diagnostics.push(messages::schema::section_unknown(field.place.clone(), section, near));
            }
            self.link(field);
            self.charts(field);
            self.computed(field, prefix);
            let path = if prefix.is_empty() { field.key.to_string() } else { format!("{prefix}.{}", field.key) };
            self.fields(&field.fields, &path);
        }
    }

    fn link(&mut self, field: &Field) {
        let Kind::Link { to, back, or_text } = &field.kind else { return };
        for name in to {
            let Some(target) = self.schemas.named(name) else {
                // A type of a later issue, or of another theme: text until it exists.
                if !or_text {
                    let near = nearest(name, self.schemas.types.iter().map(|of| &*of.name));
                    self.diagnostics.push(messages::schema::link_type_unknown(field.place.clone(), name, near));
                }
                continue;
            };
            if let Some(taken) = back.as_ref().and_then(|back| target.field(back)) {
                self.diagnostics.push(messages::schema::back_clash(field.place.clone(), &taken.key, &target.name, taken.place.clone()));
            }
        }
    }

    /// Charts draw numbers of one unit out of the items of their group.
    fn charts(&mut self, group: &Field) {
        for chart in &group.charts {
            for path in std::iter::once(&chart.x).chain(&chart.to).chain(&chart.y).filter(|path| group.field(path).is_none()) {
                let near = nearest(path, group.fields.iter().map(|field| &*field.key));
                self.diagnostics.push(messages::schema::path_unknown(chart.place.clone(), "chart", path, &group.key, near));
            }
            let drawn: Vec<&Field> = chart.y.iter().filter_map(|path| group.field(path)).collect();
            for field in &drawn {
                if !field.kind.counts() {
                    let wanted = said("数字类的字段", "a number");
                    self.diagnostics.push(messages::schema::kind_unfit(
                        chart.place.clone(),
                        "chart",
                        &field.key,
                        field.kind.name(),
                        wanted,
                    ));
                } else if field.kind.unit_label(Lang::Zh) != drawn[0].kind.unit_label(Lang::Zh) {
                    self.diagnostics.push(messages::chart::units_differ(chart.place.clone(), &drawn[0].key, &field.key));
                }
            }
        }
    }

    fn computed(&mut self, field: &Field, prefix: &str) {
        let group = (!prefix.is_empty()).then_some(prefix);
        for (word, alternatives) in [("required_when", &field.required_when), ("expected_when", &field.expected_when)] {
            alternatives.iter().for_each(|conditions| self.conditions(word, conditions, group, &field.place));
        }
        if let Some(until) = &field.until {
            let path = if prefix.is_empty() { field.key.to_string() } else { format!("{prefix}.{}", field.key) };
            self.kind("until", until, Some(&path), &field.place, false);
        }
        if let super::Privacy::PublicWhen(conditions) = &field.privacy {
            self.conditions("public_when", conditions, group, &field.place);
        }
        if let super::Privacy::PublicWithin(path) = &field.privacy {
            self.path("public_within", path, group, &field.place);
        }
        // The cases of `first_of` say by themselves what kind they need.
        if field.is_computed() && !field.kind.counts() && !matches!(field.derive, Some(Derive::FirstOf(_))) {
            let attribute = if field.derive.is_some() { "derive" } else { "roll_up" };
            let wanted = said("数字类的字段", "a number");
            self.diagnostics.push(messages::schema::kind_unfit(field.place.clone(), attribute, &field.key, field.kind.name(), wanted));
        }
        match &field.derive {
            Some(Derive::DaysBetween(a, b) | Derive::Workdays(a, b)) => {
                for path in [a, b] {
                    self.kind("derive", path, group, &field.place, false);
                }
            }
            Some(Derive::Ratio(a, b) | Derive::Difference(a, b) | Derive::Reduction(a, b)) => {
                [a, b].into_iter().for_each(|path| self.kind("derive", path, group, &field.place, true))
            }
            Some(Derive::Product(paths) | Derive::Sum(paths)) => {
                paths.iter().for_each(|path| self.kind("derive", path, group, &field.place, true))
            }
            Some(Derive::Rest(path)) => self.kind("derive", path, group, &field.place, true),
            Some(Derive::FirstOf(cases)) => self.cases(field, cases, group),
            None => {}
        }
        match &field.inherit {
            Some(Inherit::From(path)) => self.path("inherit", path, None, &field.place),
            Some(Inherit::By { field: by, cases, otherwise }) => {
                self.path("inherit", by, group, &field.place);
                cases.iter().map(|(_, path)| path).chain(otherwise).for_each(|path| self.path("inherit", path, None, &field.place));
            }
            None => {}
        }
        let Some(roll_up) = &field.roll_up else { return };
        let over = match &roll_up.over {
            None => Some(self.of),
            Some(name) => {
                let of = self.schemas.types.iter().find(|of| links_back(&of.fields, &self.of.name, name));
                if of.is_none() {
                    let names: Vec<String> = self.schemas.types.iter().flat_map(|of| back_names(&of.fields, &self.of.name)).collect();
                    let near = nearest(name, names.iter().map(String::as_str)).map(str::to_string);
                    self.diagnostics.push(messages::schema::back_unknown(field.place.clone(), name, &self.of.name, near.as_deref()));
                }
                of
            }
        };
        for condition in roll_up.when.iter().filter(|condition| condition.test.asks_the_clock()) {
            self.diagnostics.push(messages::schema::clock_unfit(field.place.clone(), "roll_up", &condition.path));
        }
        let Some(over) = over else { return };
        let paths = roll_up.of.iter().map(String::as_str).chain(roll_up.when.iter().map(|condition| condition.path.as_str()));
        for path in paths.filter(|path| over.field_at(path).is_none()) {
            let near = nearest(path, over.fields.iter().map(|field| &*field.key));
            self.diagnostics.push(messages::schema::path_unknown(field.place.clone(), "roll_up", path, &over.name, near));
        }
    }

    /// The words of `first_of` must be choices of its field.
    fn cases(&mut self, field: &Field, cases: &[Case], group: Option<&str>) {
        let words: Vec<&str> = match &field.kind {
            Kind::Choice(choices) => choices.iter().map(|choice| choice.key.as_str()).collect(),
            Kind::Flag => vec!["true", "false"],
            kind => {
                let wanted = said("choice 或 flag", "a choice or a flag");
                return self.diagnostics.push(messages::schema::kind_unfit(
                    field.place.clone(),
                    "first_of",
                    &field.key,
                    kind.name(),
                    wanted,
                ));
            }
        };
        for case in cases {
            self.conditions("first_of", &case.when, group, &field.place);
            if !words.contains(&case.is.as_str()) {
                let near = nearest(&case.is, words.iter().copied());
                let place = field.place.clone();
                self.diagnostics.push(messages::schema::choice_unknown(place, "first_of", &field.key, &case.is, near, &words.join("、")));
            }
        }
    }

    fn rules(&mut self) {
        for rule in &self.of.rules {
            let group = rule.group.as_deref();
            match &rule.check {
                Check::AtMost { field, other, .. } => {
                    [field, other].into_iter().for_each(|path| self.kind("at_most", path, group, &rule.place, true))
                }
                Check::After { field, other } => {
                    [field, other].into_iter().for_each(|path| self.kind("after", path, group, &rule.place, false))
                }
                Check::Ordered { fields } => fields.iter().for_each(|path| self.path("ordered", path, group, &rule.place)),
                Check::SumAtMost { of, when, field, .. } => {
                    of.iter().chain([field]).for_each(|path| self.kind("sum_at_most", path, group, &rule.place, true));
                    self.conditions("where", when, of.first().and_then(|path| path.rsplit_once('.')).map(|(group, _)| group), &rule.place);
                }
                Check::SumBetween { of, .. } => self.kind("sum_between", of, group, &rule.place, true),
                Check::Conflicts(pairs) => {
                    for pair in pairs {
                        self.conditions("when", &pair.when, group, &rule.place);
                        self.conditions("not", &pair.not, group, &rule.place);
                    }
                }
                Check::Agree { field, other, .. } => {
                    [field, other].into_iter().for_each(|path| self.kind("agree", path, group, &rule.place, true))
                }
                Check::Apart { from, to, .. } => {
                    [from, to].into_iter().for_each(|path| self.kind("apart", path, group, &rule.place, false))
                }
                Check::Stages { of, dates } => {
                    self.is_a("stages", of, group, &rule.place, "choice");
                    self.is_a("stages", dates, group, &rule.place, "dates");
                }
                Check::Answered { by, from, when, .. } => {
                    if !self.schemas.types.iter().any(|of| links_back(&of.fields, &self.of.name, by)) {
                        let names: Vec<String> = self.schemas.types.iter().flat_map(|of| back_names(&of.fields, &self.of.name)).collect();
                        let near = nearest(by, names.iter().map(String::as_str)).map(str::to_string);
                        self.diagnostics.push(messages::schema::back_unknown(rule.place.clone(), by, &self.of.name, near.as_deref()));
                    }
                    self.kind("answered", from, group, &rule.place, false);
                    self.conditions("where", when, group, &rule.place);
                }
                Check::Fresh { field, when, .. } => {
                    self.kind("fresh", field, group, &rule.place, false);
                    self.conditions("where", when, group, &rule.place);
                }
            }
        }
    }

    /// The field at a path, sought in the group first.
    fn find(&self, path: &str, group: Option<&str>) -> Option<&Field> {
        group.and_then(|group| self.of.field_at(&format!("{group}.{path}"))).or_else(|| self.of.field_at(path))
    }

    /// Is a path one date of a `dates` field: `stage_dates.signed`?
    fn is_one_date(&self, path: &str, group: Option<&str>) -> bool {
        let Some((parent, key)) = path.rsplit_once('.') else { return false };
        match self.find(parent, group).map(|field| &field.kind) {
            Some(Kind::Dates(steps)) => steps.iter().any(|step| step.key == key),
            _ => false,
        }
    }

    fn path(&mut self, attribute: &str, path: &str, group: Option<&str>, place: &Place) {
        if self.find(path, group).is_none() && !self.is_one_date(path, group) {
            let near = nearest(path, self.of.fields.iter().map(|field| &*field.key));
            self.diagnostics.push(messages::schema::path_unknown(place.clone(), attribute, path, &self.of.name, near));
        }
    }

    /// Is the field at the path of one kind?
    fn is_a(&mut self, attribute: &str, path: &str, group: Option<&str>, place: &Place, wanted: &'static str) {
        match self.find(path, group).map(|field| field.kind.name()) {
            None => self.path(attribute, path, group, place),
            Some(kind) if kind != wanted => {
                self.diagnostics.push(messages::schema::kind_unfit(place.clone(), attribute, path, kind, said(wanted, wanted)));
            }
            Some(_) => {}
        }
    }

    /// Is there a number (or a day) at the path?
    fn kind(&mut self, attribute: &str, path: &str, group: Option<&str>, place: &Place, number: bool) {
        let Some(kind) = self.find(path, group).map(|field| field.kind.clone()) else { return self.path(attribute, path, group, place) };
        let counts = kind.counts();
        let dates = matches!(kind, Kind::Date | Kind::DateTime | Kind::Month);
        let fits = if number { counts } else { dates };
        if !fits {
            let wanted = if number { said("数字类的字段", "a number") } else { said("日期类的字段", "a date") };
            self.diagnostics.push(messages::schema::kind_unfit(place.clone(), attribute, path, kind.name(), wanted));
        }
    }

    /// Is there a length in kilometres at the path?
    fn length(&mut self, attribute: &str, path: &str, place: &Place) {
        match self.of.field_at(path).map(|field| field.kind.clone()) {
            Some(Kind::Quantity(unit)) if Unit::parse("km") == Some(unit) => {}
            Some(kind) => {
                let wanted = said("以 km 为单位的 quantity 字段", "a quantity in km");
                self.diagnostics.push(messages::schema::kind_unfit(place.clone(), attribute, path, kind.name(), wanted));
            }
            None => self.path(attribute, path, None, place),
        }
    }

    pub(super) fn conditions(&mut self, attribute: &str, conditions: &[Condition], group: Option<&str>, place: &Place) {
        for condition in conditions {
            self.path(attribute, &condition.path, group, place);
            if condition.test.asks_the_clock() && attribute != "first_of" {
                self.diagnostics.push(messages::schema::clock_unfit(place.clone(), attribute, &condition.path));
            }
            let Some(Kind::Choice(choices)) = self.find(&condition.path, group).map(|field| field.kind.clone()) else { continue };
            let (Test::Is(words) | Test::Not(words)) = &condition.test else { continue };
            for word in words.iter().filter(|word| !choices.iter().any(|choice| choice.key == **word)) {
                let near = nearest(word, choices.iter().map(|choice| choice.key.as_str()));
                let allowed: Vec<&str> = choices.iter().map(|choice| choice.key.as_str()).collect();
                self.diagnostics.push(messages::schema::choice_unknown(
                    place.clone(),
                    attribute,
                    &condition.path,
                    word,
                    near,
                    &allowed.join("、"),
                ));
            }
        }
    }
}

/// Does a type link to another one under this back name?
fn links_back(fields: &[Field], target: &str, back: &str) -> bool {
    back_names(fields, target).iter().any(|name| name == back)
}

fn back_names(fields: &[Field], target: &str) -> Vec<String> {
    let own = fields.iter().filter_map(|field| match &field.kind {
        Kind::Link { to, back: Some(back), .. } if to.iter().any(|name| name == target) => Some(back.clone()),
        _ => None,
    });
    own.chain(fields.iter().flat_map(|field| back_names(&field.fields, target))).collect()
}

//! What phrases are read as.

use super::{Bound, Kind, Period, periods};

fn shown(text: &str) -> String {
    let show = |p: &Period| {
        let figure = p.figure.map_or("?".into(), |f| f.to_string());
        let unit = format!("{:?}", p.unit).to_lowercase();
        let business = if p.business { "business " } else { "" };
        let differs = if p.disagree { " (differs)" } else { "" };
        let measure = format!("{figure} {business}{unit}{differs}");
        let bound = match p.bound {
            Bound::Within => "<=",
            Bound::AtLeast => ">=",
            Bound::After => ">",
            Bound::Plain => "=",
        };
        let what = match p.kind {
            Kind::Figure => format!("{bound}{measure}"),
            Kind::Prompt => "prompt".into(),
            Kind::Soon => "soon".into(),
            Kind::Frequency { times } => format!("{bound}{times} in {measure}"),
        };
        format!("{}: {what}", p.span.of(text).replace('\n', " "))
    };
    periods(text).iter().map(show).collect::<Vec<_>>().join("; ")
}

fn check(cases: &[(&str, &str)]) {
    let all = cases.iter().map(|(text, want)| (text, want, shown(text)));
    let wrong: Vec<_> = all.filter(|(_, want, got)| *want != got).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn figures_are_read_in_words_and_in_digits() {
    check(&[
        ("give notice 72 hours before", "72 hours: =72 hour"),
        ("a 72-hour window", "72-hour: =72 hour"),
        ("seventy-two (72) hours", "seventy-two (72) hours: =72 hour"),
        ("forty eight hours later", "forty eight hours: =48 hour"),
        ("24 (twenty-four) hours", "24 (twenty-four) hours: =24 hour"),
        ("three business days", "three business days: =3 business day"),
        ("five (5) working days", "five (5) working days: =5 business day"),
        ("on 30 days' prior written notice", "30 days: =30 day"),
        ("on 30 days’ notice", "30 days: =30 day"),
        ("thirty (30) calendar days", "thirty (30) calendar days: =30 day"),
        ("for one month, then two weeks", "one month: =1 month; two weeks: =2 week"),
        ("a period of 90 days", "a period of 90 days: =90 day"),
        ("any 12 month period", "12 month: =12 month"),
        ("one hundred and eighty (180) days", "one hundred and eighty (180) days: =180 day"),
        ("One Hundred Twenty days", "One Hundred Twenty days: =120 day"),
        ("a hundred days", "a hundred days: =100 day"),
        ("ten (10) Clear Business Days", "ten (10) Clear Business Days: =10 business day"),
        ("1,000 hours", "1,000 hours: =1000 hour"),
        ("keeps them 1.5 hours", "1.5 hours: =2 hour"),
        ("a 30 day money-back promise", "30 day: =30 day"),
        ("thrity (30) days", "30) days: =30 day"),
        ("a 3- months term", "3- months: =3 month"),
        ("a one-year term", "one-year: =1 year"),
        ("48hrs or 72h", "48hrs: =48 hour; 72h: =72 hour"),
        ("[thirty (30)] days", "thirty (30)] days: =30 day"),
        ("thirty (60) days", "thirty (60) days: =60 day (differs)"),
        ("seven to ten (10) days", "seven to ten (10) days: =10 day"),
        ("5-7 business days", "5-7 business days: =7 business day"),
        ("between 30 and 60 days", "between 30 and 60 days: =60 day"),
        ("fifteen\nminutes", "fifteen minutes: =15 minute"),
        ("two calendar quarters", "two calendar quarters: =2 quarter"),
        ("five (5) workdays", "five (5) workdays: =5 business day"),
        ("30\u{a0}day(s) from receipt", "30\u{a0}day(s): =30 day"),
    ]);
}

#[test]
fn the_words_in_front_bound_a_figure() {
    check(&[
        ("within 72 hours of becoming aware", "within 72 hours: <=72 hour"),
        ("No later than ten (10) days after", "No later than ten (10) days: <=10 day"),
        ("not later than 5 days", "not later than 5 days: <=5 day"),
        ("and in no event later than 48 hours", "in no event later than 48 hours: <=48 hour"),
        ("in any event within two (2) days", "in any event within two (2) days: <=2 day"),
        ("at the latest within one month", "at the latest within one month: <=1 month"),
        ("30 days at the latest", "30 days at the latest: <=30 day"),
        ("a time which shall not exceed sixty days", "not exceed sixty days: <=60 day"),
        ("for up to six months", "up to six months: <=6 month"),
        ("for at most 14 days", "at most 14 days: <=14 day"),
        ("a maximum of 90 days", "a maximum of 90 days: <=90 day"),
        ("within a period of 30 days", "within a period of 30 days: <=30 day"),
        ("within the next 10 days", "within the next 10 days: <=10 day"),
        ("within approximately 3 weeks", "within approximately 3 weeks: <=3 week"),
        ("within an hour", "within an hour: <=1 hour"),
        ("within the hour", "within the hour: <=1 hour"),
        ("within a business day", "within a business day: <=1 business day"),
        ("in less than a day", "less than a day: <=1 day"),
        ("by no later than 5 days", "by no later than 5 days: <=5 day"),
        ("at least 30 days before", "at least 30 days: >=30 day"),
        ("for a period of at least two years", "a period of at least two years: >=2 year"),
        ("not less than ninety (90) days", "not less than ninety (90) days: >=90 day"),
        ("a minimum of 6 months", "a minimum of 6 months: >=6 month"),
        ("30 days or more", "30 days or more: >=30 day"),
        ("30 or more consecutive days", "30 or more consecutive days: >=30 day"),
        ("after 30 days", "after 30 days: >30 day"),
        ("continues for more than 30 days", "more than 30 days: >30 day"),
        ("shall not be kept for longer than 30 days", "longer than 30 days: <=30 day"),
        ("shall not assign. After more than 5 days", "After more than 5 days: >5 day"),
        ("within [●] business days", "within [●] business days: <=? business day"),
        ("within ____ days", "within ____ days: <=? day"),
        ("by the end of the next business day", "by the end of the next business day: <=1 business day"),
        ("no later than the tenth (10th) day after", "no later than the tenth (10th) day: <=10 day"),
        ("on the second day following dispatch", "on the second day: =2 day"),
        ("within 2 business hours", "within 2 business hours: <=2 business hour"),
    ]);
}

#[test]
fn promptness_is_told_from_its_softer_forms() {
    check(&[
        ("notify without undue delay and", "without undue delay: prompt"),
        ("without undue and unreasonable delay", "without undue and unreasonable delay: prompt"),
        ("Without any unreasonable delay", "Without any unreasonable delay: prompt"),
        ("without delay", "without delay: prompt"),
        ("shall promptly, and at once, inform", "promptly: prompt; at once: prompt"),
        ("notify forthwith", "forthwith: prompt"),
        ("immediately upon discovery", "immediately: prompt"),
        ("give prompt written notice", "prompt: prompt"),
        ("prompt notice of any claim", "prompt: prompt"),
        ("terminate with immediate effect", "immediate: prompt"),
        ("as soon as it becomes aware of it", "as soon as: prompt"),
        ("expeditiously", "expeditiously: prompt"),
        ("as soon as possible", "as soon as possible: prompt"),
        ("as soon as reasonably practicable", "as soon as reasonably practicable: soon"),
        ("as soon as practicable after it becomes aware", "as soon as practicable: soon"),
        ("as soon as it is reasonably possible", "as soon as it is reasonably possible: soon"),
        ("in a timely manner", "in a timely manner: soon"),
        ("within a reasonable period of time", "within a reasonable period of time: soon"),
        ("at the earliest opportunity", "at the earliest opportunity: soon"),
        ("promptly and in any event within 24 hours", "promptly: prompt; in any event within 24 hours: <=24 hour"),
        ("as soon as the order is placed", ""),
        ("the period immediately preceding", ""),
        ("one (1) year immediately following the end", "one (1) year: =1 year"),
        ("periods of delay; a prompt appears", ""),
    ]);
}

#[test]
fn frequencies_count_times_in_an_interval() {
    check(&[
        ("reviewed annually", "annually: =1 in 1 year"),
        ("at least annually", "at least annually: >=1 in 1 year"),
        ("once a year", "once a year: =1 in 1 year"),
        ("once per calendar year", "once per calendar year: =1 in 1 year"),
        ("no more than once every 12 months", "no more than once every 12 months: <=1 in 12 month"),
        ("may not audit more than once per year", "more than once per year: <=1 in 1 year"),
        ("more than once a year where", "more than once a year: >1 in 1 year"),
        ("once in any twelve-month period", "once in any twelve-month: =1 in 12 month"),
        ("once in any rolling twelve (12) month period", "once in any rolling twelve (12) month: =1 in 12 month"),
        ("twice a year", "twice a year: =2 in 1 year"),
        ("up to three (3) times per annum", "up to three (3) times per annum: <=3 in 1 year"),
        ("one (1) audit in each calendar year", "one (1) audit in each calendar year: =1 in 1 year"),
        ("every six months", "every six months: =1 in 6 month"),
        ("every other year", "every other year: =1 in 2 year"),
        ("quarterly or monthly", "quarterly: =1 in 1 quarter; monthly: =1 in 1 month"),
        ("weekly or daily", "weekly: =1 in 1 week; daily: =1 in 1 day"),
        ("semi-annually", "semi-annually: =1 in 6 month"),
        ("not more frequently than annually", "not more frequently than annually: <=1 in 1 year"),
        ("each business day", "each business day: =1 in 1 business day"),
        ("at 12-monthly intervals", "12-monthly: =1 in 12 month"),
        ("once 30 days have passed", "30 days: =30 day"),
        ("once the data is gone", ""),
    ]);
}

#[test]
fn rates_labels_ages_and_money_are_no_periods() {
    check(&[
        ("2.5 million people and 3 parties", ""),
        ("Section 30. Days of grace", ""),
        ("under Section 30 days are counted", ""),
        ("1.5 Business Day means a day", ""),
        ("4.2.1 Days", ""),
        ("24 hours a day, 7 days a week", ""),
        ("24 hours / 7 days a week", ""),
        ("24/7 support, 365 days per year", ""),
        ("twenty-four hours each day", ""),
        ("normal business hours", ""),
        ("day-to-day running, on a day-to-day basis", ""),
        ("$150 per hour, 1.5% per month", ""),
        ("a child under 13 years of age", ""),
        ("three quarters of the fees, three-quarters full", ""),
        ("the first day of the month", ""),
        ("no later than the tenth day of the month", ""),
        ("this ____ day of May", ""),
        ("", ""),
        ("within", ""),
        ("ä30 – … days ’", ""),
    ]);
}

#[test]
fn hours_and_days_follow_the_parameters_and_the_worst_case() {
    let of = |text: &str| {
        let p = periods(text)[0];
        (p.hours_param(), p.hours_worst(), p.days_param())
    };
    assert_eq!(of("3 business days"), (Some(72), Some(120), Some(3)));
    assert_eq!(of("one business day"), (Some(24), Some(72), Some(1)));
    assert_eq!(of("6 working days"), (Some(144), Some(240), Some(6)));
    assert_eq!(of("4 business hours"), (Some(4), Some(72), Some(1)));
    assert_eq!(of("36 hours"), (Some(36), Some(36), Some(2)));
    assert_eq!(of("90 minutes"), (Some(2), Some(2), Some(1)));
    assert_eq!(of("two weeks"), (Some(336), Some(336), Some(14)));
    assert_eq!(of("one month"), (Some(720), Some(720), Some(30)));
    assert_eq!(of("two years"), (Some(17520), Some(17520), Some(730)));
    assert_eq!(of("promptly"), (None, None, None));
    assert_eq!(of("annually"), (None, None, None));
    assert_eq!(of("999999 years").0, Some(u32::MAX));
}

#[test]
fn times_a_year_are_exact() {
    let per_year = |text: &str| periods(text)[0].per_year();
    assert_eq!(per_year("annually"), Some(1.0));
    assert_eq!(per_year("every six months"), Some(2.0));
    assert_eq!(per_year("twice in each 12-month period"), Some(2.0));
    assert_eq!(per_year("biennially"), Some(0.5));
    assert_eq!(per_year("quarterly"), Some(4.0));
    assert_eq!(per_year("72 hours"), None);
}

#[test]
fn periods_come_in_order_and_do_not_overlap() {
    let text = "Within 5 days, or 30 days if complex, notify at once and at least once a year. ".repeat(40);
    let all = periods(&text);
    assert_eq!(all.len(), 160);
    assert!(all.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    assert_eq!(serde_json::to_value(all[0]).unwrap()["unit"], "day");
}

#[test]
fn a_text_cut_anywhere_is_read_without_harm() {
    let text = "in no event later than “seventy‑two (72) hours” or 24/7, [●] days’ – at once 1,5.2 Tage à 30 %, once in any 12-month …";
    for (at, _) in text.char_indices() {
        for cut in [&text[..at], &text[at..]] {
            assert!(periods(cut).iter().all(|p| !p.span.of(cut).is_empty()), "{cut}");
        }
    }
}

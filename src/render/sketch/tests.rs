//! Drawings of places stay inside their box, whatever they are given.

use super::{Dot, LETTERS, Points, Rings, SMALL, Target, WIDTH, points, rings, width_of};

/// Where a label begins and ends.
fn ends(dot: &Dot) -> (f64, f64) {
    let width = width_of(&dot.label, LETTERS);
    let left = match dot.anchor {
        "start" => dot.label_x,
        "end" => dot.label_x - width,
        _ => dot.label_x - width / 2.0,
    };
    (left, left + width)
}

fn sound(map: &Points) {
    assert!(map.width == WIDTH && map.height.is_finite() && map.height > 100.0 && map.height < 400.0, "{map:?}");
    assert!(map.scale.length > 0.0 && map.scale.x + map.scale.length < WIDTH && map.scale.y < map.height);
    for dot in &map.dots {
        let (left, right) = ends(dot);
        assert!(dot.x >= 0.0 && dot.x <= WIDTH && dot.y >= 0.0 && dot.y <= map.height, "{dot:?}");
        assert!(left >= 0.0 && right <= WIDTH, "{dot:?}");
        assert!(dot.label_y - LETTERS >= 0.0 && dot.label_y <= map.scale.y - 8.0, "{dot:?}");
    }
    assert!(!map.grid.contains("NaN") && !map.grid.contains("inf"));
}

fn apart(map: &Points) {
    for (at, a) in map.dots.iter().enumerate() {
        for b in &map.dots[..at] {
            let ((left, right), (other_left, other_right)) = (ends(a), ends(b));
            let beside = left >= other_right - 0.2 || right <= other_left + 0.2;
            assert!(beside || (a.label_y - b.label_y).abs() >= LETTERS, "{a:?} lies on {b:?}");
        }
    }
}

#[test]
fn positions_keep_their_relation() {
    let map = points(&[(116.8, 25.3, "西南"), (116.9, 25.3, "东南"), (116.9, 25.4, "东北的一个名字较长的园区")]).unwrap();
    sound(&map);
    apart(&map);
    let [a, b, c] = [&map.dots[0], &map.dots[1], &map.dots[2]];
    assert!(a.x < b.x && a.y == b.y && b.x == c.x && c.y < b.y);
    // A degree of longitude is shorter than one of latitude.
    assert!(b.x - a.x < b.y - c.y);
    // The bar says how long it is: 0.1° of latitude are 11.1 km.
    let km = map.scale.km.parse::<f64>().unwrap() / map.scale.length * (b.y - c.y);
    assert!((km - 11.132).abs() < 0.1, "{km}");
}

#[test]
fn one_point_identical_points_and_a_line_are_drawn() {
    sound(&points(&[(116.85, 25.35, "只有一个")]).unwrap());
    let same =
        points(&[(116.85, 25.35, "甲园区"), (116.85, 25.35, "乙园区"), (116.85, 25.35, "丙园区"), (116.85, 25.35, "丁园区")]).unwrap();
    sound(&same);
    apart(&same);
    sound(&points(&[(116.0, 25.0, "南"), (116.0, 26.0, "北")]).unwrap());
    sound(&points(&[(116.0, 25.0, "西"), (117.0, 25.0, "东")]).unwrap());
    sound(&points(&[(75.0, 39.0, "喀什"), (131.0, 46.0, "佳木斯")]).unwrap());
    assert_eq!(points(&[]), None);
}

#[test]
fn many_points_and_long_names_stay_inside() {
    let name = "一个名字特别特别长、谁也写不下的示范性产业园区管理委员会".repeat(3);
    let places: Vec<(f64, f64, &str)> = (0..60)
        .map(|n| (116.0 + f64::from(n % 8) / 10.0, 25.0 + f64::from(n / 8) / 10.0, if n % 3 == 0 { name.as_str() } else { "园区" }))
        .collect();
    sound(&points(&places).unwrap());
}

fn target(name: &str, km: f64) -> Target {
    Target { name: name.to_string(), shown: format!("{km} km"), kind: "高速入口".to_string(), km }
}

fn ringed(drawn: &Rings) {
    for spoke in &drawn.spokes {
        assert!(spoke.x > drawn.x && spoke.x < spoke.end_x && spoke.y > 0.0 && spoke.y < drawn.height, "{spoke:?}");
        assert!(spoke.end_y >= 18.0 && spoke.end_y <= drawn.height - 18.0, "{spoke:?} is cut off");
        let wide = width_of(&spoke.name, LETTERS).max(width_of(&spoke.note, SMALL));
        assert!(spoke.end_x + 8.0 + wide <= WIDTH, "{spoke:?} is too wide");
    }
    for ring in &drawn.rings {
        assert!(ring.r > drawn.core && ring.x < WIDTH && ring.y < drawn.height, "{ring:?}");
    }
}

#[test]
fn targets_lie_on_their_rings_nearest_first() {
    let drawn = rings(vec![target("机场", 88.0), target("互通", 2.2), target("县城", 11.0), target("动车站", 14.0)]).unwrap();
    ringed(&drawn);
    let far = |spoke: &super::Spoke| (spoke.x - drawn.x).hypot(spoke.y - drawn.y);
    assert_eq!(drawn.spokes.iter().map(|spoke| spoke.name.as_str()).collect::<Vec<_>>(), ["互通", "县城", "动车站", "机场"]);
    assert!(drawn.spokes.windows(2).all(|pair| far(&pair[0]) < far(&pair[1])));
    assert_eq!(drawn.rings.iter().map(|ring| ring.km.as_str()).collect::<Vec<_>>(), ["100", "50", "20", "5"]);
    let [near, next] = [far(&drawn.spokes[0]), far(&drawn.spokes[1])];
    assert!(near < drawn.rings[3].r && next > drawn.rings[3].r && next < drawn.rings[2].r && far(&drawn.spokes[3]) < drawn.rings[0].r);
}

#[test]
fn one_target_many_targets_and_zero_are_drawn() {
    ringed(&rings(vec![target("县城", 0.3)]).unwrap());
    ringed(&rings(vec![target("就在园内", 0.0), target("一个很长很长很长很长很长的名字", 3.0)]).unwrap());
    ringed(&rings((0..14).map(|n| target("站", f64::from(n) * 7.0)).collect()).unwrap());
    ringed(&rings(vec![target("远方", 9000.0), target("Expressway entrance of the county", 1.0)]).unwrap());
    assert_eq!(rings(Vec::new()), None);
    assert_eq!(rings(vec![target("零", 0.0)]), None);
    assert_eq!(rings(vec![target("无", f64::NAN)]), None);
}

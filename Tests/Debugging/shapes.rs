// What the sessions of debugging.py look at; they know the numbers of its lines.
struct Point {
    x: i32,
    y: i32,
}

#[inline(always)]
fn doubled(value: i32) -> i32 {
    let result = value * 2;
    result + (result & 1)
}

#[inline(never)]
fn total(points: &[Point]) -> i32 {
    let mut sum = 0;
    for point in points {
        sum += doubled(point.x) + point.y;
        sum ^= point.y;
    }
    sum
}

fn main() {
    let count = std::env::args().count() as i32;
    let points = vec![Point { x: count, y: 2 }, Point { x: 3, y: 4 }];
    println!("{}", total(&points));
    if count > 1 {
        panic!("too many: {}", count);
    }
}

// Spheres over a chequered plane, with shadows and reflections.
class Vector {
  constructor(x, y, z) { this.x = x; this.y = y; this.z = z; }
  plus(v) { return new Vector(this.x + v.x, this.y + v.y, this.z + v.z); }
  minus(v) { return new Vector(this.x - v.x, this.y - v.y, this.z - v.z); }
  times(k) { return new Vector(this.x * k, this.y * k, this.z * k); }
  dot(v) { return this.x * v.x + this.y * v.y + this.z * v.z; }
  unit() { return this.times(1 / Math.sqrt(this.dot(this))); }
}

class Sphere {
  constructor(centre, radius, colour, shine) { this.centre = centre; this.radius = radius; this.tint = colour; this.shine = shine; }
  hit(origin, direction) {
    const to = this.centre.minus(origin), along = to.dot(direction);
    if (along < 0) return Infinity;
    const square = this.radius * this.radius - to.dot(to) + along * along;
    return square < 0 ? Infinity : along - Math.sqrt(square);
  }
  normal(point) { return point.minus(this.centre).unit(); }
  colour() { return this.tint; }
}

class Floor {
  constructor(height) { this.height = height; this.shine = 0.2; }
  hit(origin, direction) {
    const distance = (this.height - origin.y) / direction.y;
    return distance > 0 ? distance : Infinity;
  }
  normal() { return new Vector(0, 1, 0); }
  colour(point) {
    return (Math.floor(point.x) + Math.floor(point.z)) & 1 ? new Vector(0.9, 0.9, 0.9) : new Vector(0.2, 0.2, 0.2);
  }
}

const LIGHT = new Vector(-0.5, 0.8, -0.3).unit();
const BLACK = new Vector(0, 0, 0);

function nearest(scene, origin, direction) {
  let best = null, distance = Infinity;
  for (const thing of scene) {
    const at = thing.hit(origin, direction);
    if (at < distance) { distance = at; best = thing; }
  }
  return best && { thing: best, distance };
}

function trace(scene, origin, direction, depth) {
  const found = nearest(scene, origin, direction);
  if (!found) return new Vector(0.4, 0.6, 0.9).times(0.5 + 0.5 * direction.y);
  const { thing, distance } = found, point = origin.plus(direction.times(distance * 0.9999)), normal = thing.normal(point);
  const lit = nearest(scene, point, LIGHT) ? 0 : Math.max(0, normal.dot(LIGHT));
  let colour = thing.colour(point).times(0.15 + 0.85 * lit);
  if (depth > 0 && thing.shine > 0) {
    const mirrored = direction.minus(normal.times(2 * direction.dot(normal)));
    colour = colour.times(1 - thing.shine).plus(trace(scene, point, mirrored, depth - 1).times(thing.shine));
  }
  return colour;
}

function run() {
  const scene = [
    new Floor(-1),
    new Sphere(new Vector(0, 0, 3), 1, new Vector(1, 0.3, 0.2), 0.3),
    new Sphere(new Vector(1.5, -0.5, 2), 0.5, new Vector(0.2, 0.9, 0.3), 0.1),
    new Sphere(new Vector(-1.7, 0.2, 4), 1.2, new Vector(0.3, 0.4, 1), 0.5),
  ];
  const size = 36;
  let total = BLACK;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const direction = new Vector(x / size - 0.5, 0.5 - y / size, 1).unit();
      total = total.plus(trace(scene, BLACK, direction, 3));
    }
  }
  return [total.x, total.y, total.z].map((part) => part.toFixed(5)).join("/");
}

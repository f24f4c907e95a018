// Construction through three classes, super calls, overridden methods, instanceof.
class Shape {
  constructor(name) { this.name = name; this.scale = 1; }
  area() { return 0; }
  describe() { return this.name.length + this.area(); }
}
class Rectangle extends Shape {
  constructor(width, height) { super("rectangle"); this.width = width; this.height = height; }
  area() { return super.area() + this.width * this.height; }
}
class Square extends Rectangle {
  constructor(side) { super(side, side); this.side = side; }
  describe() { return super.describe() + 1; }
}

function run() {
  let sum = 0;
  for (let i = 0; i < 15000; i++) {
    const square = new Square(i & 31), rectangle = new Rectangle(2, i & 15);
    sum += square.describe() + rectangle.describe();
    if (square instanceof Shape && !(rectangle instanceof Square)) sum++;
    sum %= 1000003;
  }
  return sum;
}

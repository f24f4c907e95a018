// Pictures in the simplest of formats, binary PPM: https://netpbm.sourceforge.net/doc/ppm.html

// "P6 width height maximum", then three bytes a pixel. Undefined when that is not what the bytes are.
function parse(bytes) {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 64)));
  if (header === null) return undefined;
  const [width, height] = [Number(header[1]), Number(header[2])];
  const pixels = bytes.subarray(header[0].length);
  return pixels.length >= width * height * 3 ? { width, height, pixels } : undefined;
}

// A canvas that shows the picture; an empty one if there is none in the bytes.
export function canvasOf(bytes) {
  const canvas = document.createElement('canvas');
  const picture = parse(bytes);
  [canvas.width, canvas.height] = picture ? [picture.width, picture.height] : [0, 0];
  if (!picture) return canvas;
  const { width, height, pixels } = picture;
  const image = new ImageData(width, height);
  for (let from = 0, to = 0; to < image.data.length; from += 3, to += 4) {
    image.data.set(pixels.subarray(from, from + 3), to);
    image.data[to + 3] = 255;
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}

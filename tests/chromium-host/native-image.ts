import { readFileSync } from 'node:fs'
import { absent, strict } from './strict.ts'

/** The size stands at a fixed place in a PNG's first chunk. */
function sizeOf(png: Buffer): { width: number; height: number } {
  if (png.length < 24) return { width: 0, height: 0 }
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}

export function createImage(png: Buffer): object {
  return strict('NativeImage', {
    toPNG: () => Buffer.from(png),
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    getSize: () => sizeOf(png),
    isEmpty: () => png.length === 0,
    resize: absent('NativeImage.resize'),
    crop: absent('NativeImage.crop'),
  })
}

function readPng(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    // Electron too gives an empty image for a file it cannot read.
    return Buffer.alloc(0)
  }
}

export const nativeImage = strict('nativeImage', {
  createEmpty: () => createImage(Buffer.alloc(0)),
  createFromPath: (path: string) => createImage(readPng(path)),
  createFromBuffer: (png: Buffer) => createImage(png),
})

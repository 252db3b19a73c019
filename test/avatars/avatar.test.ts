import fc from 'fast-check'
import sharp from 'sharp'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { avatarHash, avatarSvg } from '../../src/avatars/avatar.ts'

const VERA = { name: 'Вера', email: 'vera@example.org' }

test('the same person has the same picture, however the address is written; another has another', () => {
	const hash = avatarHash('secret', VERA)
	assert.match(hash, /^[\da-f]{12}$/)
	assert.is(avatarHash('secret', { name: ' вера', email: 'Vera@Example.org ' }), hash)
	for (const other of [
		{ ...VERA, name: 'Гена' },
		{ ...VERA, email: 'gena@example.org' },
		{ name: '', email: '' },
	]) {
		assert.is.not(avatarHash('secret', other), hash)
	}
})

test('without the secret of the blog nobody can try addresses', () => {
	assert.is.not(avatarHash('another', VERA), avatarHash('secret', VERA))
})

test('every hash gives a small picture, alike on both sides, never blank', async () => {
	const property = fc.asyncProperty(fc.uint8Array({ minLength: 6, maxLength: 6 }), async (bytes) => {
		const svg = avatarSvg(Buffer.from(bytes).toString('hex')).replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
		assert.ok(svg.length < 1200)
		const { data, info } = await sharp(Buffer.from(svg)).flop().raw().toBuffer({ resolveWithObject: true })
		assert.ok(data.equals(await sharp(Buffer.from(svg)).raw().toBuffer()))
		const middle = (info.width * Math.floor(info.height / 2) + Math.floor(info.width / 2)) * info.channels
		assert.is.not(data.subarray(0, 3).toString('hex'), data.subarray(middle, middle + 3).toString('hex'))
	})
	await fc.assert(property, { numRuns: 50 })
})

test('the figure stands out from its ground at every hue, on light pages and on dark', () => {
	for (let hue = 0; hue < 360; hue += 5) {
		const [back, figure] = [luminance(hue, 0.32, 0.84), luminance(hue, 0.42, 0.36)]
		assert.ok((back + 0.05) / (figure + 0.05) >= 3, `hue ${hue}`)
	}
	assert.match(avatarSvg('0'.repeat(12)), 'hsl(0 32% 84%)')
	assert.match(avatarSvg('0'.repeat(12)), 'hsl(0 42% 36%)')
})

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(hue: number, saturation: number, lightness: number): number {
	const channel = (n: number) => {
		const k = (n + hue / 30) % 12
		const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
	}
	return 0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(4)
}

test.run()

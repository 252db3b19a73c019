import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { mediaHtml } from '../../../src/transfer/wxr/media-html.ts'
import { expandShortcodes, shortcodeNames } from '../../../src/transfer/wxr/shortcodes.ts'

const picture = (id: string) => ({ url: `/${id}.jpg`, title: `Title ${id}`, caption: '', alt: '', sort: 'image' })
const song = { url: '/song.mp3', title: 'Song', caption: '', alt: '', sort: 'audio' }
const attachments = {
	byIds: (ids: string[]) => ids.map((id) => (id === '9' ? song : picture(id))),
	ofPost: () => [picture('1'), picture('2')],
}
const expand = (text: string) => expandShortcodes(text, (shortcode) => mediaHtml(shortcode, attachments))

test('a caption stands under its picture', () => {
	const html = expand(
		'[caption id="a_1" align="alignleft" width="300"]<img src="/a.jpg" /> Words <b>here</b>[/caption]',
	)
	assert.is(
		html,
		'<figure class="wp-caption alignleft"><img src="/a.jpg" /><figcaption class="wp-caption-text">Words <b>here</b></figcaption></figure>',
	)
})

test('a caption of old times is an attribute', () => {
	const html = expand('[caption caption="Old words"]<a href="/b"><img src="/a.jpg"></a>[/caption]')
	assert.match(html, '<a href="/b"><img src="/a.jpg"></a><figcaption class="wp-caption-text">Old words</figcaption>')
})

test("a gallery without ids shows the post's own pictures", () => {
	const html = expand('before [gallery columns="2"] after')
	assert.match(html, /^before <ul class="gallery columns-2">.*\/1\.jpg.*\/2\.jpg.*<\/ul> after$/)
})

test('a gallery with ids shows those, in their order', () => {
	assert.match(expand('[gallery ids="3,1"]'), /\/3\.jpg.*\/1\.jpg/)
})

test('players and playlists become plain elements', () => {
	assert.is(
		expand('[audio https://a.example/x.mp3]'),
		'<audio src="https://a.example/x.mp3" controls preload="none"></audio>',
	)
	assert.is(
		expand('[video width="640" height="360" mp4="https://a.example/x.mp4"][/video]'),
		'<video src="https://a.example/x.mp4" width="640" height="360" controls preload="none"></video>',
	)
	assert.match(expand('[playlist ids="9"]'), '<audio src="/song.mp3" controls preload="none">')
})

test('an embedded address stands on a line of its own', () => {
	assert.is(expand('a [embed width="1"]https://youtu.be/x[/embed] b'), 'a \n\nhttps://youtu.be/x\n\n b')
})

test('other shortcodes stay as text and are named, brackets of other kinds are not', () => {
	const text = '[contact-form-7 id="1"] [box]x[/box] [1] [...] [sic]'
	assert.is(expand(text), text)
	assert.equal(shortcodeNames(text), ['contact-form-7', 'box'])
})

test('a doubled bracket is a shortcode that is only shown', () => {
	assert.is(expand('[[gallery]]'), '[gallery]')
})

test('an attribute cannot break out of the element it becomes', () => {
	assert.not.match(expand(`[audio src='https://a/"><script>x']`), '<script>')
})

test('any text ends and keeps what is no shortcode', () => {
	const pieces = fc.constantFrom('[', ']', '[/', 'gallery', 'caption', ' ', '=', '"', "'", '/', 'x', '[[', ']]')
	fc.assert(
		fc.property(fc.array(pieces), (parts) => {
			const text = parts.join('')
			return expandShortcodes(text, () => undefined).replaceAll(/[[\]]/g, '') === text.replaceAll(/[[\]]/g, '')
		}),
	)
})

test('a long text of openings is read in little time', () => {
	for (const piece of ['[caption ', '[caption x]', '[a "', '[x]', "[gallery '"]) {
		const started = performance.now()
		const text = piece.repeat(200_000 / piece.length)
		expand(text)
		shortcodeNames(text)
		assert.ok(performance.now() - started < 2000, piece)
	}
})

test.run()

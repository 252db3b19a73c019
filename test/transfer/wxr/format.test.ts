import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadCatalog } from '../../../src/i18n/catalog.ts'
import { kindName } from '../../../src/transfer/wxr/format.ts'

const t = loadCatalog(['ru', 'en']).translator('ru')

test('kinds are named in the language of the reader, with what WordPress calls them', () => {
	assert.is(kindName('posts', t), 'Записи')
	assert.is(kindName('itemsOf:a:b', t), 'Объекты типа a:b')
})

test('a report of an earlier version shows its own words, not a key', () => {
	for (const kind of ['menu items', 'items of type a.b: c', 'constructor']) assert.is(kindName(kind, t), kind)
})

test.run()

import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePage } from '../../../src/mentions/source/charset.ts'

const TEXT = 'Привет, «отклик»'
const CP1251 = Buffer.from('cff0e8e2e5f22c20abeef2eaebe8eabb', 'hex')
const KOI8 = Buffer.from('f0d2c9d7c5d4', 'hex')

const page = (head: string, bytes: Buffer) => Buffer.concat([Buffer.from(`<html><head>${head}</head>`), bytes])

test('the encoding of the header is used', () => {
	assert.is(decodePage(CP1251, 'windows-1251'), TEXT)
	assert.is(decodePage(KOI8, 'koi8-r'), 'Привет')
	assert.is(decodePage(Buffer.from(TEXT), 'utf-8'), TEXT)
})

test('without one, the page names it', () => {
	for (const head of [
		'<meta charset="windows-1251">',
		'<meta charset=windows-1251>',
		"<META http-equiv='Content-Type' content='text/html; charset=Windows-1251'>",
		'<meta content="text/html; charset=windows-1251" http-equiv="Content-Type"/>',
		'<!-- <meta charset="utf-8"> --><meta charset=cp1251>',
	]) {
		assert.ok(decodePage(page(head, CP1251), undefined).endsWith(TEXT), head)
	}
	const xml = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1251"?>'), CP1251])
	assert.ok(decodePage(xml, undefined).endsWith(TEXT))
})

test('the header comes before the page, a byte order mark before both', () => {
	assert.ok(decodePage(page('<meta charset="koi8-r">', CP1251), 'windows-1251').endsWith(TEXT))
	const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(TEXT)])
	assert.is(decodePage(marked, 'windows-1251'), TEXT)
	assert.is(decodePage(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, 'utf16le')]), undefined), TEXT)
})

test('what names nothing is UTF-8, else Windows-1252; encodings nobody knows are passed over', () => {
	assert.is(decodePage(Buffer.from(TEXT), undefined), TEXT)
	assert.is(decodePage(Buffer.from(TEXT), 'x-klingon'), TEXT)
	assert.is(decodePage(Buffer.from([0x93, 0x68, 0x69, 0x94]), undefined), '“hi”')
})

test('bytes that are no characters are replaced', () => {
	assert.is(decodePage(Buffer.from([0x61, 0xff, 0xfe, 0x62]), 'utf-8'), 'a\ufffd\ufffdb')
	assert.is(decodePage(Buffer.alloc(0), undefined), '')
})

test.run()

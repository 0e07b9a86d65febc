// A CommonJS application: the SDK is required as any package, and what takes time is opened once, in an asynchronous provider.
require('reflect-metadata')
const { Controller, Get, Inject, Module } = require('@nestjs/common')
const { NestFactory } = require('@nestjs/core')
const { verify } = require('tongheng')
const { createFakeAuthorities, fixtures } = require('tongheng/testing')

const WORLD = 'TONGHENG_WORLD'

class Verdicts {
  constructor(world) {
    this.world = world
  }

  async verdict() {
    const { trust, agreement } = this.world
    const statement = await this.world.sign('CD', fixtures.F01.record)
    const options = { at: '2025-06-16T09:00:00+08:00', trust, agreements: [agreement], policy: { region: '50' } }
    const forged = `${statement.slice(0, -8)}AAAAAAAA`
    const verdicts = await Promise.all([statement, forged].map((text) => verify(text, options)))
    return verdicts.map(({ outcome }) => outcome).join(' ')
  }
}
Controller()(Verdicts)
Inject(WORLD)(Verdicts, undefined, 0)
Get('verdict')(Verdicts.prototype, 'verdict', Object.getOwnPropertyDescriptor(Verdicts.prototype, 'verdict'))

class Application {}
Module({ controllers: [Verdicts], providers: [{ provide: WORLD, useFactory: async () => createFakeAuthorities() }] })(Application)

NestFactory.create(Application, { logger: ['error'] }).then((application) => application.listen(Number(process.env.PORT), '127.0.0.1'))

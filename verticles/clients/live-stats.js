/*
 * Shows how a gateway does while it does it: for every endpoint its requests a second, its share of
 * errors and what is in flight, and every event as it happens. Needs Node.js 18 and no packages.
 *
 * With a gateway that opens its bridge, such as that of conf/bridge.json:
 *
 *   node verticles/clients/live-stats.js [PORT [MILLISECONDS]]
 *
 * PORT is 7000 and MILLISECONDS, how often it looks, is 1000 unless they are given. Where the gateway has a
 * control.secret, the variable WEIR_SECRET must have it, and WEIR_KEY the id of the key unless that is main.
 */
'use strict';
const crypto = require('crypto');
const net = require('net');

const port = Number(process.argv[2] || 7000);
const everyMillis = Number(process.argv[3] || 1000);

/** The event bus, seen through the bridge: frames of four bytes of length and JSON. */
class Bus {
  constructor(socket) {
    this.socket = socket;
    this.answers = new Map();
    this.handlers = new Map();
    this.asked = 0;
    this.unread = Buffer.alloc(0);
    socket.on('data', (bytes) => this.read(bytes));
  }

  read(bytes) {
    this.unread = Buffer.concat([this.unread, bytes]);
    while (this.unread.length >= 4 && this.unread.length >= 4 + this.unread.readUInt32BE(0)) {
      const end = 4 + this.unread.readUInt32BE(0);
      this.receive(JSON.parse(this.unread.subarray(4, end).toString()));
      this.unread = this.unread.subarray(end);
    }
  }

  receive(frame) {
    const answer = this.answers.get(frame.address);
    if (answer) {
      this.answers.delete(frame.address);
      frame.type === 'err' ? answer.reject(new Error(frame.message)) : answer.resolve(frame.body);
    } else if (frame.type === 'message' && this.handlers.has(frame.address)) {
      this.handlers.get(frame.address)(frame.body);
    } else {
      throw new Error(`The bridge says: ${frame.message}`);
    }
  }

  write(frame) {
    const json = Buffer.from(JSON.stringify(frame));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(json.length);
    this.socket.write(Buffer.concat([length, json]));
  }

  request(address, body) {
    const replyAddress = `answer-${this.asked++}`;
    this.write({ type: 'send', address, replyAddress, body });
    return new Promise((resolve, reject) => this.answers.set(replyAddress, { resolve, reject }));
  }

  listen(address, handler) {
    this.handlers.set(address, handler);
    this.write({ type: 'register', address });
  }
}

/** Numbers of an endpoint that only grow; what they were the last time, by endpoint. */
const before = new Map();

function line(upstream, endpoint) {
  const { responses, serverErrors, failures } = endpoint.traffic;
  const name = `${upstream}/${endpoint.endpoint}`;
  const now = { requests: responses + failures, errors: serverErrors + failures };
  const last = before.get(name) || now;
  before.set(name, now);
  const requests = now.requests - last.requests;
  const errors = now.errors - last.errors;
  const rate = ((requests * 1000) / everyMillis).toFixed(0);
  const share = requests > 0 ? ((100 * errors) / requests).toFixed(1) : '0.0';
  return `  ${name} ${rate}/s, errors ${share} %, in flight ${endpoint.inFlight}`;
}

/** The message of a command: signed, as the manual says, where there is a secret. */
function message(command) {
  const secret = process.env.WEIR_SECRET;
  if (!secret) {
    return command;
  }
  const envelope = {
    command: JSON.stringify(command),
    key: process.env.WEIR_KEY || 'main',
    at: Date.now(),
    nonce: crypto.randomUUID(),
  };
  const { key, at, nonce } = envelope;
  const signed = ['weir.control', key, at, nonce, envelope.command].join('\n');
  const signature = crypto.createHmac('sha256', secret).update(signed).digest('hex');
  return { ...envelope, signature };
}

async function ask(bus, command) {
  const answer = await bus.request('weir.control', message(command));
  if (answer.error) {
    throw new Error(`${command.op}: ${answer.error.code}: ${answer.error.message}`);
  }
  return answer;
}

async function show(bus) {
  const stats = await ask(bus, { op: 'stats' });
  const lines = [`stats: version ${stats.version}, in flight ${stats.inFlight}`];
  const list = await ask(bus, { op: 'upstream.list' });
  for (const { upstream } of list.upstreams) {
    const page = await ask(bus, { op: 'upstream.show', upstream });
    page.endpoints.forEach((endpoint) => lines.push(line(upstream, endpoint)));
  }
  console.log(lines.join('\n'));
  setTimeout(() => show(bus).catch(fail), everyMillis);
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}

process.on('uncaughtException', fail);
const socket = net.connect(port, '127.0.0.1', () => {
  const bus = new Bus(socket);
  bus.listen('weir.events', (event) => console.log(`event: ${JSON.stringify(event)}`));
  show(bus).catch(fail);
});
socket.on('error', fail);
socket.on('close', () => fail(new Error('The gateway has closed the connection')));

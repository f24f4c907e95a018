// A round-robin kernel: devices, handlers and workers pass packets through queues until no one can run.
const READY = 0, WAITING = 1, HELD = 2;
const KIND_WORK = 0, KIND_DEVICE = 1;

class Packet {
  constructor(link, owner, kind) {
    this.link = link;
    this.owner = owner;
    this.kind = kind;
    this.slot = 0;
    this.data = new Array(4).fill(0);
  }
}

const append = (packet, queue) => {
  packet.link = null;
  if (!queue) return packet;
  let last = queue;
  while (last.link) last = last.link;
  last.link = packet;
  return queue;
};

class Task {
  constructor(kernel, id, priority, queue) {
    this.kernel = kernel;
    this.id = id;
    this.priority = priority;
    this.queue = queue;
    this.state = queue ? READY : WAITING;
    this.next = kernel.tasks;
    kernel.tasks = this;
    kernel.byId[id] = this;
  }
  receive(packet) {
    this.queue = append(packet, this.queue);
    if (this.state === WAITING) this.state = READY;
  }
  take() {
    const packet = this.queue;
    if (packet) this.queue = packet.link;
    return packet;
  }
  wait() { this.state = this.queue ? READY : WAITING; }
}

class IdleTask extends Task {
  constructor(kernel, id, count) {
    super(kernel, id, 0, null);
    this.state = READY;
    this.seed = 1;
    this.count = count;
  }
  step() {
    if (--this.count === 0) { this.state = HELD; return; }
    const odd = this.seed & 1;
    this.seed = (this.seed >> 1) ^ (odd ? 0xd008 : 0);
    this.kernel.release(odd ? 4 : 5);
  }
}

class WorkTask extends Task {
  constructor(kernel, id, priority, queue) {
    super(kernel, id, priority, queue);
    this.target = 2;
    this.letter = 0;
  }
  step() {
    const packet = this.take();
    if (!packet) { this.wait(); return; }
    this.target = this.target === 2 ? 3 : 2;
    packet.owner = this.target;
    packet.slot = 0;
    for (let i = 0; i < 4; i++) {
      this.letter = (this.letter % 26) + 1;
      packet.data[i] = 64 + this.letter;
    }
    this.kernel.send(packet, this.id);
  }
}

class HandlerTask extends Task {
  constructor(kernel, id, priority, queue, device) {
    super(kernel, id, priority, queue);
    this.device = device;
    this.work = null;
    this.devicePackets = null;
  }
  step() {
    const packet = this.take();
    if (packet) {
      if (packet.kind === KIND_WORK) this.work = append(packet, this.work);
      else this.devicePackets = append(packet, this.devicePackets);
    }
    const work = this.work;
    if (work && work.slot >= 4) {
      this.work = work.link;
      work.owner = 1;
      this.kernel.send(work, this.id);
      return;
    }
    if (work && this.devicePackets) {
      const carrier = this.devicePackets;
      this.devicePackets = carrier.link;
      carrier.slot = work.data[work.slot++];
      carrier.owner = this.device;
      this.kernel.send(carrier, this.id);
      return;
    }
    this.wait();
  }
}

class DeviceTask extends Task {
  constructor(kernel, id, priority) {
    super(kernel, id, priority, null);
    this.pending = null;
  }
  step() {
    const packet = this.take();
    if (packet) {
      this.pending = packet;
      this.state = HELD;
      this.kernel.holds++;
      return;
    }
    if (this.pending) {
      const done = this.pending;
      this.pending = null;
      done.owner = this.id - 2;
      this.kernel.send(done, this.id);
      return;
    }
    this.wait();
  }
}

class Kernel {
  constructor() {
    this.tasks = null;
    this.byId = [];
    this.holds = 0;
    this.sent = 0;
  }
  send(packet, from) {
    this.sent++;
    const to = this.byId[packet.owner];
    packet.owner = from;
    to.receive(packet);
  }
  release(id) {
    const task = this.byId[id];
    if (task.state === HELD) task.state = READY;
  }
  run() {
    let task = this.tasks;
    while (task) {
      if (task.state === READY) {
        task.step();
        task = this.tasks;
      } else {
        task = task.next;
      }
    }
  }
}

const packets = (count, owner, kind) => {
  let list = null;
  for (let i = 0; i < count; i++) list = new Packet(list, owner, kind);
  return list;
};

function run() {
  const kernel = new Kernel();
  new IdleTask(kernel, 0, 4000);
  new WorkTask(kernel, 1, 1000, packets(2, 0, KIND_WORK));
  new HandlerTask(kernel, 2, 2000, packets(3, 4, KIND_DEVICE), 4);
  new HandlerTask(kernel, 3, 3000, packets(3, 5, KIND_DEVICE), 5);
  new DeviceTask(kernel, 4, 4000);
  new DeviceTask(kernel, 5, 5000);
  kernel.run();
  return kernel.sent + "/" + kernel.holds;
}

// Runs an Arduino Uno's program in simavr, its serial port on standard input and output.
//
// Usage: runner PROGRAM.hex    Every 2 ms of the board's time it tells on standard error what changed of
// its pins: "pin NUMBER OUTPUT HIGH LEVEL RISES WIDTH_US": whether it is an output, what it is at,
// its PWM value (-1: none), how often it rose so far, and how long it was high the last time.

#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_hex.h>
#include <simavr/sim_time.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PINS 20
#define LOOK_US 2000

typedef struct {
  int output, high, level;
  long rises, width_us;
} pin_t;

static avr_t *avr;
static pin_t pins[PINS], told[PINS];
static avr_cycle_count_t rose_at[PINS];
static volatile int may_send = 1;

static int port_of(int pin) { return pin < 8 ? 'D' : pin < 14 ? 'B' : 'C'; }
static int bit_of(int pin) { return pin < 8 ? pin : pin < 14 ? pin - 8 : pin - 14; }
static int data_address(int port) { return port == 'B' ? 0x25 : port == 'C' ? 0x28 : 0x2B; }

static void on_pin(struct avr_irq_t *irq, uint32_t value, void *param) {
  long pin = (long)param;
  (void)irq;
  if (value && !pins[pin].high) {
    pins[pin].rises++;
    rose_at[pin] = avr->cycle;
  } else if (!value && pins[pin].high) {
    pins[pin].width_us = (long)avr_cycles_to_usec(avr, avr->cycle - rose_at[pin]);
  }
  pins[pin].high = !!value;
}

// The six PWM pins: where their timer says "on", and their value.
static const struct { int pin, control, bit, value; } PWM[] = {
    {3, 0xB0, 5, 0xB4}, {5, 0x44, 5, 0x48}, {6, 0x44, 7, 0x47},
    {9, 0x80, 7, 0x88}, {10, 0x80, 5, 0x8A}, {11, 0xB0, 7, 0xB3}};

static void look(void) {
  for (int pin = 0; pin < PINS; pin++) {
    int data = data_address(port_of(pin));
    pins[pin].output = avr->data[data - 1] >> bit_of(pin) & 1;
    pins[pin].high = avr->data[data] >> bit_of(pin) & 1;
    pins[pin].level = -1;
  }
  for (unsigned i = 0; i < sizeof PWM / sizeof *PWM; i++)
    if (avr->data[PWM[i].control] >> PWM[i].bit & 1) pins[PWM[i].pin].level = avr->data[PWM[i].value];
  for (int pin = 0; pin < PINS; pin++) {
    if (!memcmp(&pins[pin], &told[pin], sizeof(pin_t))) continue;
    told[pin] = pins[pin];
    fprintf(stderr, "pin %d %d %d %d %ld %ld\n", pin, pins[pin].output, pins[pin].high,
            pins[pin].level, pins[pin].rises, pins[pin].width_us);
  }
}

// A real timer 1 whose top is 0 matches at every tick; simavr's never does. Grbl begins like that.
static void kick_timer(void) {
  int compares = avr->data[0x6F] >> 1 & 1, top = avr->data[0x88] | avr->data[0x89] << 8;
  avr_io_addr_t low = AVR_DATA_TO_IO(0x88);
  if (compares && !top && avr->io[low].w.c) avr->io[low].w.c(avr, 0x88, 0xFF, avr->io[low].w.param);
}

static void on_byte(struct avr_irq_t *irq, uint32_t value, void *param) {
  uint8_t byte = (uint8_t)value;
  (void)irq, (void)param;
  if (write(STDOUT_FILENO, &byte, 1) < 0) return;  // nobody has the port open; a board does not mind
}

static void on_xon(struct avr_irq_t *irq, uint32_t value, void *param) {
  (void)irq, (void)value, (void)param;
  may_send = 1;
}

static void on_xoff(struct avr_irq_t *irq, uint32_t value, void *param) {
  (void)irq, (void)value, (void)param;
  may_send = 0;
}

static void hear(avr_irq_t *input) {
  struct pollfd ready = {.fd = STDIN_FILENO, .events = POLLIN};
  uint8_t byte;
  while (may_send && poll(&ready, 1, 0) > 0 && ready.revents & POLLIN && read(STDIN_FILENO, &byte, 1) == 1)
    avr_raise_irq(input, byte);
}

static long long now_us(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000LL + at.tv_nsec / 1000;
}

// A board that runs ahead of the wall clock waits; one that lags behind is not hurried later.
static void keep_time(void) {
  static long long began_us;
  long long board_us = (long long)avr_cycles_to_usec(avr, avr->cycle);
  long long ahead_us = board_us - (now_us() - began_us);
  if (!began_us || ahead_us < -50000) began_us = now_us() - board_us;
  else if (ahead_us > 500) usleep((useconds_t)ahead_us);
}

int main(int count, char **words) {
  uint32_t start, size;
  uint32_t flags = 0;
  if (count != 2) return 2;
  uint8_t *program = read_ihex_file(words[1], &size, &start);
  avr = avr_make_mcu_by_name("atmega328p");
  if (!program || !avr) return 2;
  avr_init(avr);
  avr->frequency = 16000000;
  avr->log = LOG_NONE;
  avr_loadcode(avr, program, size, start);
  avr->codeend = avr->flashend;
  avr->pc = start;
  for (long pin = 0; pin < PINS; pin++)
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ(port_of((int)pin)), bit_of((int)pin)),
                            on_pin, (void *)pin);
  avr_ioctl(avr, AVR_IOCTL_UART_GET_FLAGS('0'), &flags);
  flags &= ~(uint32_t)(AVR_UART_FLAG_STDIO | AVR_UART_FLAG_POLL_SLEEP);
  avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), on_byte, NULL);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUT_XON), on_xon, NULL);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUT_XOFF), on_xoff, NULL);
  avr_irq_t *input = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
  avr_cycle_count_t next = 0;
  for (;;) {
    int state = avr_run(avr);
    if (state == cpu_Done || state == cpu_Crashed) return 1;
    if (avr->cycle < next) continue;
    next = avr->cycle + avr_usec_to_cycles(avr, LOOK_US);
    look();
    kick_timer();
    hear(input);
    keep_time();
  }
}

// Runs the real sketch, pins and all, behind a pseudo terminal.
//
// Usage: sketch_host BOOT_MS    With BOOT_MS above 0 the board restarts whenever its port is opened,
// as an Arduino does: it hears nothing for that long and has forgotten everything.

#include "Arduino.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "giftwire_line.ino"

FakeSerial Serial;

static int pins[64];
static long steps;
static char inbox[4096];
static size_t inbox_length, inbox_at;
static volatile sig_atomic_t button;

static int64_t now_us() {
  timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}
static const int64_t began = now_us();

static void tell(const char *what, long number, long value) {
  dprintf(STDERR_FILENO, "%s %ld %ld\n", what, number, value);
}

static void set_pin(int pin, int value) {
  if (pins[pin] == value) return;
  pins[pin] = value;
  if (pin == STEP_PIN) {
    if (value == HIGH) steps += pins[DIR_PIN] == HIGH ? -1 : 1;
    return;
  }
  if (pin == ENABLE_PIN && value == HIGH) {
    tell("steps", steps, 0);
    steps = 0;
  }
  tell("pin", pin, value);
}

unsigned long millis() { return (unsigned long)((now_us() - began) / 1000); }
unsigned long micros() { return (unsigned long)(now_us() - began); }
void delayMicroseconds(int) {}
void pinMode(int, int) {}
void digitalWrite(int pin, int value) { set_pin(pin, value); }
void analogWrite(int pin, int value) { set_pin(pin, value); }
int digitalRead(int pin) { return pin == STOP_PIN && button ? LOW : HIGH; }

void FakeSerial::begin(long) {}
void FakeSerial::print(const char *text) {
  // Nobody has the port open, or nobody reads: a real board does not mind either.
  if (write(STDOUT_FILENO, text, strlen(text)) < 0) return;
}
int FakeSerial::available() { return (int)(inbox_length - inbox_at); }
int FakeSerial::read() { return (unsigned char)inbox[inbox_at++]; }

static void on_press(int) { button = 1; }

int main(int argc, char **argv) {
  const int boot_ms = argc > 1 ? atoi(argv[1]) : 0;
  const bool restarted = argc > 2;
  signal(SIGUSR1, on_press);
  fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK);
  for (int pin = 0; pin < 64; pin++) pins[pin] = -1;
  if (restarted) {
    tell("reset", 0, 0);
    const timespec boot = {boot_ms / 1000, boot_ms % 1000 * 1000000L};
    nanosleep(&boot, nullptr);
    // What was sent to a board that is starting is gone.
    char lost[256];
    while (read(STDIN_FILENO, lost, sizeof lost) > 0) {}
  }
  setup();
  bool open = restarted;
  for (;;) {
    pollfd port = {STDIN_FILENO, POLLIN, 0};
    const timespec pause = {0, 100000};
    ppoll(&port, 1, &pause, nullptr);
    if (getppid() == 1) return 0;
    const bool is_open = (port.revents & POLLHUP) == 0;
    if (is_open && !open && boot_ms > 0) {
      char again[] = "restarted";
      char *args[] = {argv[0], argv[1], again, nullptr};
      execv(argv[0], args);
    }
    open = is_open;
    if (!open) nanosleep(&pause, nullptr);
    if (port.revents & POLLIN && inbox_at == inbox_length) {
      const ssize_t count = read(STDIN_FILENO, inbox, sizeof inbox);
      inbox_at = 0;
      inbox_length = count > 0 ? (size_t)count : 0;
    }
    loop();
  }
}

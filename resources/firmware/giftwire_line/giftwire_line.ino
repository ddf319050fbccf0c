// Giftwire board: a stepper motor, a light and a relay that obey gifts. Arduino (Uno, Nano, Mega)
// and ESP32. Open this folder in the Arduino IDE, check the pins below, press Upload. Done.
//
// WHAT YOU NEED                          HOW TO WIRE IT
// A stepper driver (A4988, DRV8825,      STEP, DIR and ENABLE to the pins below, GND to GND.
//   TMC2209) with its own 12-24 V          The motor's power NEVER comes from the board or from USB.
//   power supply                           Set the driver's current limit before you connect the motor.
// A light: a WS2812 strip, or three      WS2812: DIN to LIGHT_PIN through 330 ohm, 5 V from its own
//   MOSFETs for red, green, blue           supply, GND shared with the board. More than 8 LEDs: ESP32.
// A relay board with an opto-coupler     IN to RELAY_PIN. Mains voltage kills: let somebody who may
//                                          do it wire that side, in a closed case with a fuse.
// A red button (please!)                 Between STOP_PIN and GND. It works without the computer.
//
// WHAT KEEPS YOU SAFE
// Everything that starts carries its longest time and ends by then. When the computer is silent for
// three seconds, everything ends. The numbers in OUTPUTS are this board's own limits: whatever the
// computer asks, it refuses more. Keep a fuse or a switch within reach all the same.

#include "line_protocol.h"

using namespace giftwire;

// ---------------------------------------------------------------- your board: change what differs

// The same number as in Giftwire's device settings. Without a cable: a Bluetooth module such as HM-10,
// its TXD to the board's RX (pin 0), its RXD to TX (pin 1; through 1k, with 2k to GND, on a 5 V board);
// take it off while you upload, and write 9600 here, which is what such modules come with.
#define BAUD 115200

const int STEP_PIN = 2;
const int DIR_PIN = 3;
const int ENABLE_PIN = 4;             // low turns the motor's driver on, as on all common ones
const long STEPS_PER_ROUND = 1600;    // 200 steps, times 8 microsteps (MS1 and MS2 high on an A4988)
const long START_RPM = 30;            // the speed it can start with; above it, it ramps
const long RAMP_RPM_PER_S = 300;

const int STOP_PIN = 7;

const int RELAY_PIN = 8;
const int RELAY_ON = LOW;             // most relay boards switch on with LOW; else write HIGH

// Light: with LED_COUNT above 0 a WS2812 strip on LIGHT_PIN (install the library "Adafruit NeoPixel"),
// with 0 three PWM pins.
#define LED_COUNT 0
const int LIGHT_PIN = 6;
const int RED_PIN = 9, GREEN_PIN = 10, BLUE_PIN = 11;

// Name, kind, hazard, title, then the limits: rpm, rounds (both in thousandths), longest time in ms,
// flashes a second (in thousandths), effects. More than three flashes a second can cause seizures.
static const Output OUTPUTS[] = {
    {"motor", MOTOR, "motion", "Motor", 100000, 200000, 160000, 0, ""},
    {"light", LIGHT, "light", "Light", 0, 0, 60000, 3000, ""},
    {"relay", SWITCH, "mains", "Relay", 0, 0, 10000, 0, ""},
};
enum { MOTOR_OUTPUT, LIGHT_OUTPUT, RELAY_OUTPUT, OUTPUT_COUNT };

// ---------------------------------------------------------------- the light

#if LED_COUNT > 0
#include <Adafruit_NeoPixel.h>
Adafruit_NeoPixel strip(LED_COUNT, LIGHT_PIN, NEO_GRB + NEO_KHZ800);
void showLight(uint8_t red, uint8_t green, uint8_t blue) {
  for (int i = 0; i < LED_COUNT; i++) strip.setPixelColor(i, red, green, blue);
  strip.show();
}
void beginLight() { strip.begin(); showLight(0, 0, 0); }
#else
void showLight(uint8_t red, uint8_t green, uint8_t blue) {
  analogWrite(RED_PIN, red);
  analogWrite(GREEN_PIN, green);
  analogWrite(BLUE_PIN, blue);
}
void beginLight() {
  pinMode(RED_PIN, OUTPUT);
  pinMode(GREEN_PIN, OUTPUT);
  pinMode(BLUE_PIN, OUTPUT);
  showLight(0, 0, 0);
}
#endif

// ---------------------------------------------------------------- the motor

// Makes steps without ever waiting: `turn` is called from loop() and does one step when it is due.
class Stepper {
 public:
  void begin() {
    pinMode(STEP_PIN, OUTPUT);
    pinMode(DIR_PIN, OUTPUT);
    pinMode(ENABLE_PIN, OUTPUT);
    release();
  }
  void go(long rounds_m, long rpm_m, bool back, bool counted) {
    digitalWrite(DIR_PIN, back ? HIGH : LOW);
    digitalWrite(ENABLE_PIN, LOW);
    back_ = back;
    counted_ = counted;
    left_ = (long)((int64_t)rounds_m * STEPS_PER_ROUND / 1000);
    target_rpm_m_ = rpm_m;
    rpm_m_ = min(rpm_m, START_RPM * 1000);
    turning_ = !counted || left_ > 0;
    last_step_ = last_ramp_ = micros();
    setInterval();
  }
  void release() {
    // Without current it stops at once; a load that could fall needs a brake.
    digitalWrite(ENABLE_PIN, HIGH);
    turning_ = false;
    rpm_m_ = 0;
  }
  void turn() {
    if (!turning_) return;
    const unsigned long now = micros();
    ramp(now);
    if (now - last_step_ < interval_) return;
    last_step_ = now;
    digitalWrite(STEP_PIN, HIGH);
    delayMicroseconds(2);
    digitalWrite(STEP_PIN, LOW);
    if (counted_ && --left_ <= 0) turning_ = false;
  }
  bool turning() const { return turning_; }
  long rpm_m() const { return back_ ? -rpm_m_ : rpm_m_; }
  long left_m() const {
    return turning_ && counted_ ? (long)((int64_t)left_ * 1000 / STEPS_PER_ROUND) : 0;
  }

 private:
  void ramp(unsigned long now) {
    const unsigned long passed = now - last_ramp_;
    if (passed < 5000) return;
    last_ramp_ = now;
    const long change = RAMP_RPM_PER_S * (long)(passed / 1000);
    // The steps it takes to slow down again: v * v / (2 * a), in steps.
    const int64_t brake = (int64_t)rpm_m_ * rpm_m_ / 1000 * STEPS_PER_ROUND /
                          (2 * RAMP_RPM_PER_S * (int64_t)60 * 1000);
    const bool slow = counted_ && left_ <= brake;
    const long lowest = min(target_rpm_m_, START_RPM * 1000);
    rpm_m_ = slow ? max(lowest, rpm_m_ - change) : min(target_rpm_m_, rpm_m_ + change);
    setInterval();
  }
  void setInterval() {
    interval_ = (unsigned long)((int64_t)60000000 * 1000 / ((int64_t)rpm_m_ * STEPS_PER_ROUND));
  }
  bool turning_ = false, counted_ = false, back_ = false;
  long left_ = 0, rpm_m_ = 0, target_rpm_m_ = 0;
  unsigned long interval_ = 1000, last_step_ = 0, last_ramp_ = 0;
};

// ---------------------------------------------------------------- the board

class Desk : public Board {
 public:
  void begin() {
    // Everything off before anything else happens.
    digitalWrite(RELAY_PIN, RELAY_ON == LOW ? HIGH : LOW);
    pinMode(RELAY_PIN, OUTPUT);
    pinMode(STOP_PIN, INPUT_PULLUP);
    motor.begin();
    beginLight();
  }
  void send(const char *text) override { Serial.print(text); }
  void start(uint8_t output, const Order &order) override {
    order_[output] = order;
    began_[output] = millis();
    on_[output] = true;
    if (output == MOTOR_OUTPUT) {
      motor.go(order.rounds_m, order.rpm_m, order.back, order.verb == ROTATE);
    } else if (output == RELAY_OUTPUT) {
      digitalWrite(RELAY_PIN, RELAY_ON);
    } else {
      shown_ = true;
      show(order);
    }
  }
  void off(uint8_t output) override {
    on_[output] = false;
    if (output == MOTOR_OUTPUT) motor.release();
    if (output == LIGHT_OUTPUT) showLight(0, 0, 0);
    if (output == RELAY_OUTPUT) digitalWrite(RELAY_PIN, RELAY_ON == LOW ? HIGH : LOW);
  }
  bool running(uint8_t output) override {
    if (output == MOTOR_OUTPUT) return motor.turning();
    const Order &order = order_[output];
    if (output == LIGHT_OUTPUT && order.verb == FLASH) {
      return halves(order) < 2 * (unsigned long)order.times;
    }
    return on_[output];
  }
  void report(uint8_t output, char *text, size_t size) override {
    if (output != MOTOR_OUTPUT) {
      snprintf(text, size, "on=%d", on_[output] ? 1 : 0);
      return;
    }
    char rpm[16], left[16];
    write_thousandths(rpm, sizeof rpm, motor.rpm_m());
    write_thousandths(left, sizeof left, motor.left_m());
    snprintf(text, size, "rpm=%s left=%s", rpm, left);
  }
  // What must happen all the time: steps, and the rhythm of flashes.
  void work() {
    motor.turn();
    const Order &order = order_[LIGHT_OUTPUT];
    if (!on_[LIGHT_OUTPUT] || order.verb != FLASH) return;
    const bool lit = halves(order) % 2 == 0;
    if (lit == shown_) return;
    shown_ = lit;
    if (lit) show(order); else showLight(0, 0, 0);
  }
  Stepper motor;

 private:
  unsigned long halves(const Order &order) const {
    return (unsigned long)((int64_t)(millis() - began_[LIGHT_OUTPUT]) * order.hz_m / 500000);
  }
  void show(const Order &order) {
    if (order.verb == SET_LEVEL) {
      const uint8_t white = (uint8_t)(order.level_m * 255 / 1000);
      showLight(white, white, white);
    } else {
      showLight(order.red, order.green, order.blue);
    }
  }
  Order order_[OUTPUT_COUNT] = {};
  unsigned long began_[OUTPUT_COUNT] = {};
  bool on_[OUTPUT_COUNT] = {};
  bool shown_ = false;
};

Desk desk;
Protocol protocol(desk, OUTPUTS, OUTPUT_COUNT, "giftwire", "1.0.0");
bool wasPressed = false;

void setup() {
  desk.begin();
  Serial.begin(BAUD);
  protocol.boot(millis());
}

void loop() {
  desk.work();
  while (Serial.available() > 0) {
    protocol.feed((char)Serial.read(), millis());
    desk.work();
  }
  protocol.tick(millis());
  const bool isPressed = digitalRead(STOP_PIN) == LOW;
  if (isPressed && !wasPressed) protocol.pressed(millis());
  wasPressed = isPressed;
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi" sourcelanguage="en">
    <context>
        <name>giftwire</name>
        <message>
            <source>%</source>
            <translation>%</translation>
        </message>
        <message numerus="yes">
            <source>%Ln action(s)</source>
            <translation>
                <numerusform>%Ln lệnh</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln address(es) that are called: whoever takes it gives their own</source>
            <translation>
                <numerusform>%Ln địa chỉ được gọi: người nhận tự nhập địa chỉ của họ</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln change(s) wait for the engine</source>
            <translation>
                <numerusform>%Ln thay đổi chờ phần chạy nền</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln coin(s)</source>
            <translation>
                <numerusform>%Ln xu</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln device(s) behind it</source>
            <translation>
                <numerusform>%Ln thiết bị phía sau</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln device(s) confirmed</source>
            <translation>
                <numerusform>%Ln thiết bị đã xác nhận</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln device(s) confirmed in {time}</source>
            <translation>
                <numerusform>%Ln thiết bị đã xác nhận trong {time}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln device(s) shown in Home Assistant.</source>
            <translation>
                <numerusform>Có %Ln thiết bị hiện trong Home Assistant.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln fitting event(s)</source>
            <translation>
                <numerusform>%Ln sự kiện phù hợp</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln gift(s)</source>
            <translation>
                <numerusform>%Ln quà</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln gift(s) owed</source>
            <translation>
                <numerusform>%Ln quà còn nợ</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln list(s) of people: they stay with you</source>
            <translation>
                <numerusform>%Ln danh sách người: ở lại máy bạn</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln more can be filled in later, in the rules.</source>
            <translation>
                <numerusform>Còn %Ln mục nữa, bạn điền sau trong các quy tắc.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln more rule(s) not shown</source>
            <translation>
                <numerusform>Còn %Ln quy tắc không hiện ở đây</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln more waiting in line</source>
            <translation>
                <numerusform>còn %Ln lệnh đang chờ</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln name(s) of a secret: whoever takes it chooses their own</source>
            <translation>
                <numerusform>%Ln tên khóa bí mật: người nhận tự chọn khóa của họ</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln new</source>
            <translation>
                <numerusform>%Ln mới</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln new gift(s)</source>
            <translation>
                <numerusform>%Ln quà mới</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln owed gift(s) forgotten.</source>
            <translation>
                <numerusform>Đã bỏ qua %Ln quà nợ.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln round(s) at {rpm} RPM</source>
            <translation>
                <numerusform>%Ln vòng ở {rpm} vòng/phút</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s)</source>
            <translation>
                <numerusform>%Ln quy tắc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) chosen</source>
            <translation>
                <numerusform>Đã chọn %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) copied</source>
            <translation>
                <numerusform>Đã sao chép %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) could not be read</source>
            <translation>
                <numerusform>Không đọc được %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) deleted</source>
            <translation>
                <numerusform>Đã xóa %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) duplicated</source>
            <translation>
                <numerusform>Đã nhân bản %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) moved</source>
            <translation>
                <numerusform>Đã chuyển %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) of the file could not be read and are left out.</source>
            <translation>
                <numerusform>%Ln quy tắc trong tệp không đọc được nên bị bỏ qua.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) off</source>
            <translation>
                <numerusform>Tắt %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) on</source>
            <translation>
                <numerusform>%Ln quy tắc đang bật</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) pasted</source>
            <translation>
                <numerusform>Đã dán %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) that could not be read stay with you</source>
            <translation>
                <numerusform>%Ln quy tắc không đọc được sẽ ở lại máy bạn</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) use it and will wait for another device.</source>
            <translation>
                <numerusform>%Ln quy tắc đang dùng nó và sẽ chờ một thiết bị khác.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s), as they are now</source>
            <translation>
                <numerusform>%Ln quy tắc, như hiện tại</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln variable(s)</source>
            <translation>
                <numerusform>%Ln biến</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln viewer(s)</source>
            <translation>
                <numerusform>%Ln người xem</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln viewer(s) gave something.</source>
            <translation>
                <numerusform>%Ln người xem đã tặng quà.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln waiting</source>
            <translation>
                <numerusform>%Ln đang chờ</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln waiting action(s) dropped</source>
            <translation>
                <numerusform>đã bỏ %Ln lệnh đang chờ</numerusform>
            </translation>
        </message>
        <message>
            <source>+ and # cannot stand in a topic to publish to</source>
            <translation>chủ đề để gửi không được chứa + và #</translation>
        </message>
        <message>
            <source>+ stands for one level, # for all that follow.</source>
            <translation>+ thay cho một cấp, # thay cho mọi cấp phía sau.</translation>
        </message>
        <message>
            <source>+ stands for one whole level and # for all that follow, at the end</source>
            <translation>+ thay cho đúng một cấp, # thay cho tất cả phần sau và phải ở cuối</translation>
        </message>
        <message>
            <source>0 to 100 per cent of the way; more counts as 100.</source>
            <translation>Từ 0 đến 100 phần trăm quãng đường; lớn hơn tính là 100.</translation>
        </message>
        <message>
            <source>0 to 100; more counts as 100.</source>
            <translation>Từ 0 đến 100; lớn hơn được tính là 100.</translation>
        </message>
        <message>
            <source>0: never. 100: always.</source>
            <translation>0: không bao giờ. 100: luôn luôn.</translation>
        </message>
        <message>
            <source>0: worked out from the steps and the board's own settings.</source>
            <translation>0: tự tính từ số bước và cài đặt của bo mạch.</translation>
        </message>
        <message>
            <source>1 if the sender follows you, else 0</source>
            <translation>1 nếu người gửi theo dõi bạn, nếu không thì 0</translation>
        </message>
        <message>
            <source>1 if the sender is a moderator, else 0</source>
            <translation>1 nếu người gửi là người kiểm duyệt, nếu không thì 0</translation>
        </message>
        <message>
            <source>1 if the sender is a subscriber, else 0</source>
            <translation>1 nếu người gửi đã đăng ký, nếu không thì 0</translation>
        </message>
        <message>
            <source>1 is full power. A device's own limits hold as well.</source>
            <translation>1 là hết công suất. Giới hạn riêng của thiết bị vẫn có hiệu lực.</translation>
        </message>
        <message>
            <source>1 is the usual speed, 2 twice as fast.</source>
            <translation>1 là tốc độ thường, 2 là nhanh gấp đôi.</translation>
        </message>
        <message>
            <source>115200 for most boards, 250000 for some.</source>
            <translation>Đa số bo mạch là 115200, một số là 250000.</translation>
        </message>
        <message>
            <source>127.0.0.1 is this computer.</source>
            <translation>127.0.0.1 là máy tính này.</translation>
        </message>
        <message>
            <source>1: also those who subscribe for the first time.</source>
            <translation>1: kể cả người đăng ký lần đầu.</translation>
        </message>
        <message>
            <source>1: every member.</source>
            <translation>1: mọi thành viên.</translation>
        </message>
        <message>
            <source>1: only who gave most.</source>
            <translation>1: chỉ người tặng nhiều nhất.</translation>
        </message>
        <message>
            <source>200 for most motors, times the microsteps of the driver.</source>
            <translation>Đa số động cơ là 200, nhân với số vi bước của mạch lái.</translation>
        </message>
        <message>
            <source>50 is the middle of its way.</source>
            <translation>50 là chính giữa.</translation>
        </message>
        <message>
            <source>500 roses</source>
            <translation>500 hoa hồng</translation>
        </message>
        <message>
            <source>500 single roses in one minute.</source>
            <translation>500 hoa hồng lẻ trong một phút.</translation>
        </message>
        <message>
            <source>5568 unless the box says otherwise.</source>
            <translation>5568, trừ khi hộp ghi khác.</translation>
        </message>
        <message>
            <source>57600 for StandardFirmata, 115200 for ConfigurableFirmata.</source>
            <translation>StandardFirmata: 57600, ConfigurableFirmata: 115200.</translation>
        </message>
        <message>
            <source>60 s ago</source>
            <translation>60 giây trước</translation>
        </message>
        <message>
            <source>6454 unless the box says otherwise.</source>
            <translation>6454, trừ khi hộp ghi khác.</translation>
        </message>
        <message>
            <source>80 for every WLED.</source>
            <translation>WLED nào cũng là 80.</translation>
        </message>
        <message>
            <source>9600 for most boards.</source>
            <translation>9600 với hầu hết các bo.</translation>
        </message>
        <message>
            <source>A Bluetooth device of your own</source>
            <translation>Thiết bị Bluetooth của riêng bạn</translation>
        </message>
        <message>
            <source>A PiShock hub on a USB cable. Off until you agree to what it can do.</source>
            <translation>Bộ phát PiShock cắm cáp USB. Tắt cho đến khi bạn đồng ý với những gì nó có thể gây ra.</translation>
        </message>
        <message>
            <source>A Shelly plug, relay or lamp, through your MQTT broker.</source>
            <translation>Ổ cắm, rơ-le hoặc đèn Shelly, qua máy chủ MQTT của bạn.</translation>
        </message>
        <message>
            <source>A Zigbee plug, lamp or siren behind Zigbee2MQTT.</source>
            <translation>Ổ cắm, đèn hoặc còi Zigbee qua Zigbee2MQTT.</translation>
        </message>
        <message>
            <source>A battle</source>
            <translation>Trận PK</translation>
        </message>
        <message>
            <source>A battle begins, is won, lost or drawn, or ends.</source>
            <translation>Trận PK bắt đầu, thắng, thua, hòa hoặc kết thúc.</translation>
        </message>
        <message>
            <source>A board called USBRelay1 to USBRelay8 that needs no port and no driver.</source>
            <translation>Mạch tên USBRelay1 đến USBRelay8, không cần cổng hay driver.</translation>
        </message>
        <message>
            <source>A board on USB, a Bluetooth strip, a plug or lamp in your network. Nothing at hand yet? A practice motor turns on the screen.</source>
            <translation>Bo mạch USB, dây đèn Bluetooth, ổ cắm hay đèn trong mạng của bạn. Chưa có gì trong tay? Động cơ giả lập quay ngay trên màn hình.</translation>
        </message>
        <message>
            <source>A board with the Giftwire sketch and a Bluetooth module such as HM-10.</source>
            <translation>Bo mạch đã nạp chương trình Giftwire và gắn mô-đun Bluetooth như HM-10.</translation>
        </message>
        <message>
            <source>A button</source>
            <translation>Nút bấm</translation>
        </message>
        <message>
            <source>A button between this pin and GND. Empty if there is none.</source>
            <translation>Nút nối giữa chân này và GND. Để trống nếu không có.</translation>
        </message>
        <message>
            <source>A button of yours</source>
            <translation>Nút bấm của bạn</translation>
        </message>
        <message>
            <source>A call</source>
            <translation>Lời gọi</translation>
        </message>
        <message>
            <source>A call from another program</source>
            <translation>Chương trình khác gọi</translation>
        </message>
        <message>
            <source>A change holds as soon as you press Enter or leave the field. Undo takes it back.</source>
            <translation>Thay đổi có hiệu lực ngay khi bạn nhấn Enter hoặc rời khỏi ô. Bấm Hoàn tác để trở lại như cũ.</translation>
        </message>
        <message>
            <source>A chat command</source>
            <translation>Một lệnh trong khung chat</translation>
        </message>
        <message>
            <source>A cheap strip or bulb with its own phone app: ELK-BLEDOM, Triones, Magic Home.</source>
            <translation>Dây đèn hoặc bóng đèn giá rẻ có ứng dụng riêng trên điện thoại: ELK-BLEDOM, Triones, Magic Home.</translation>
        </message>
        <message>
            <source>A combo counted at its end counts as a whole.</source>
            <translation>Combo tính lúc kết thúc được tính trọn một lần.</translation>
        </message>
        <message>
            <source>A combo milestone</source>
            <translation>Mốc combo</translation>
        </message>
        <message>
            <source>A command has 512 bytes at most.</source>
            <translation>Mỗi lệnh tối đa 512 byte.</translation>
        </message>
        <message>
            <source>A comment</source>
            <translation>Bình luận</translation>
        </message>
        <message>
            <source>A comment fits a search pattern; for those who know patterns.</source>
            <translation>Bình luận khớp một mẫu tìm; dành cho người biết dùng mẫu.</translation>
        </message>
        <message>
            <source>A comment has one of your words anywhere in it.</source>
            <translation>Bình luận có chứa một trong các từ của bạn.</translation>
        </message>
        <message>
            <source>A comment that contains a text</source>
            <translation>Bình luận có chứa một cụm từ</translation>
        </message>
        <message>
            <source>A comment that fits a pattern</source>
            <translation>Bình luận khớp mẫu tìm</translation>
        </message>
        <message>
            <source>A copy holds everything, the names of your devices and secrets too. Keep it for yourself.</source>
            <translation>Bản sao chứa tất cả, kể cả tên thiết bị và tên khóa bí mật. Hãy giữ riêng cho bạn.</translation>
        </message>
        <message>
            <source>A device is on for at most</source>
            <translation>Thiết bị bật tối đa</translation>
        </message>
        <message>
            <source>A device made for ThingsBoard, told to use your MQTT broker instead.</source>
            <translation>Thiết bị làm cho ThingsBoard, được đặt dùng máy chủ MQTT của bạn.</translation>
        </message>
        <message>
            <source>A device of your own</source>
            <translation>Thiết bị của riêng bạn</translation>
        </message>
        <message>
            <source>A device on Wi-Fi cannot. Open it to your home network; every login still needs its own password.</source>
            <translation>Thiết bị Wi-Fi thì không. Hãy mở cho mạng nhà; mỗi tài khoản vẫn có mật khẩu riêng.</translation>
        </message>
        <message>
            <source>A device that any rule has just used rests this long for this rule.</source>
            <translation>Thiết bị vừa được quy tắc bất kỳ dùng sẽ nghỉ chừng này với quy tắc này.</translation>
        </message>
        <message>
            <source>A device's own limits hold as well.</source>
            <translation>Giới hạn riêng của thiết bị vẫn có hiệu lực.</translation>
        </message>
        <message>
            <source>A device's value</source>
            <translation>Số đo của thiết bị</translation>
        </message>
        <message>
            <source>A device's value crosses a line</source>
            <translation>Số đo của thiết bị vượt ngưỡng</translation>
        </message>
        <message>
            <source>A dry run sends nothing. A real one moves your devices and is marked as a test.</source>
            <translation>Xem trước không gửi gì. Chạy như thật làm thiết bị hoạt động và được đánh dấu là thử.</translation>
        </message>
        <message>
            <source>A formula is too long for your limit to be added to it. Set the limit in the rule itself.</source>
            <translation>Công thức quá dài nên không áp được giới hạn của bạn. Hãy đặt giới hạn trong quy tắc.</translation>
        </message>
        <message>
            <source>A gift</source>
            <translation>Một món quà</translation>
        </message>
        <message>
            <source>A gift by size</source>
            <translation>Quà theo cỡ</translation>
        </message>
        <message>
            <source>A gift whose rule could not run is kept this long, so that you can still run it.</source>
            <translation>Quà mà quy tắc chưa chạy được sẽ được ghi nợ chừng này để bạn chạy bù.</translation>
        </message>
        <message>
            <source>A goal fills up while you are live: coins, likes, new followers, or anything your rules count. Say what it is, and how much.</source>
            <translation>Mục tiêu đầy dần khi bạn LIVE: xu, lượt thích, người theo dõi mới hoặc bất cứ gì quy tắc của bạn đếm. Hãy ghi tên và con số cần đạt.</translation>
        </message>
        <message>
            <source>A good evening: about 5 gifts a second for a quarter of an hour.</source>
            <translation>Một tối đông khách: khoảng 5 quà mỗi giây trong mười lăm phút.</translation>
        </message>
        <message>
            <source>A hotkey</source>
            <translation>Phím tắt</translation>
        </message>
        <message>
            <source>A key combination</source>
            <translation>Phím tắt</translation>
        </message>
        <message>
            <source>A lamp</source>
            <translation>Đèn</translation>
        </message>
        <message>
            <source>A light strip on a WLED controller in your network.</source>
            <translation>Dây đèn nối với bộ điều khiển WLED trong mạng của bạn.</translation>
        </message>
        <message>
            <source>A light strip on a WLED controller, through your MQTT broker.</source>
            <translation>Dây đèn gắn bộ điều khiển WLED, qua máy chủ MQTT của bạn.</translation>
        </message>
        <message>
            <source>A message comes in over MQTT, from home devices for example.</source>
            <translation>Có tin nhắn qua MQTT, ví dụ từ thiết bị trong nhà.</translation>
        </message>
        <message>
            <source>A motor is as fast as</source>
            <translation>Động cơ quay nhanh nhất</translation>
        </message>
        <message>
            <source>A motor turns at most</source>
            <translation>Động cơ quay tối đa</translation>
        </message>
        <message>
            <source>A motor wired like this has {pins} pins. Name each of them.</source>
            <translation>Động cơ nối kiểu này có {pins} chân. Hãy ghi đủ từng chân.</translation>
        </message>
        <message>
            <source>A new follower</source>
            <translation>Người theo dõi mới</translation>
        </message>
        <message>
            <source>A new variable lasts until another LIVE begins.</source>
            <translation>Biến mới được giữ đến khi buổi LIVE khác bắt đầu.</translation>
        </message>
        <message>
            <source>A number below zero takes away.</source>
            <translation>Số âm sẽ trừ đi.</translation>
        </message>
        <message>
            <source>A page could not be loaded.</source>
            <translation>Có một trang không mở được.</translation>
        </message>
        <message>
            <source>A password, token or header of this device has letters that cannot be sent. Type it again.</source>
            <translation>Mật khẩu, mã truy cập hoặc tiêu đề (header) của thiết bị này có ký tự không gửi được. Hãy nhập lại.</translation>
        </message>
        <message>
            <source>A plug, relay, bulb or strip with Tasmota on it, through your MQTT broker.</source>
            <translation>Ổ cắm, rơ-le, bóng đèn hoặc dây đèn chạy Tasmota, qua máy chủ MQTT của bạn.</translation>
        </message>
        <message>
            <source>A program on this computer calls a name of yours.</source>
            <translation>Một chương trình trên máy này gọi tên bạn đặt.</translation>
        </message>
        <message>
            <source>A quiet quarter of an hour with a gift now and then.</source>
            <translation>Mười lăm phút yên ả, lâu lâu mới có một món quà.</translation>
        </message>
        <message>
            <source>A reading</source>
            <translation>Số đo</translation>
        </message>
        <message>
            <source>A relay board on RS-485 or USB that speaks Modbus RTU, such as Waveshare's.</source>
            <translation>Bo rơ-le RS-485 hoặc USB dùng Modbus RTU, ví dụ của Waveshare.</translation>
        </message>
        <message>
            <source>A rule raised this alarm.</source>
            <translation>Một quy tắc đã báo động.</translation>
        </message>
        <message>
            <source>A rule says what happens on your desk when something happens in your LIVE. Take one of these, or begin with an empty one. They start off.</source>
            <translation>Quy tắc cho biết điều gì xảy ra trên bàn của bạn khi có sự kiện trong buổi LIVE. Hãy dùng một trong các mẫu này hoặc bắt đầu từ quy tắc trống. Quy tắc mới luôn ở trạng thái tắt.</translation>
        </message>
        <message>
            <source>A share</source>
            <translation>Lượt chia sẻ</translation>
        </message>
        <message>
            <source>A small board with 1 to 8 relays and a USB plug, often sold as CH340 relay.</source>
            <translation>Bo mạch nhỏ có 1 đến 8 rơ-le, cắm USB, thường được bán với tên rơ-le CH340.</translation>
        </message>
        <message>
            <source>A strip behind an Arduino, ESP32 or WLED that takes Adalight or TPM2.</source>
            <translation>Dây LED nối vào Arduino, ESP32 hoặc WLED dùng Adalight hay TPM2.</translation>
        </message>
        <message>
            <source>A subscription</source>
            <translation>Lượt đăng ký</translation>
        </message>
        <message>
            <source>A thousand at most.</source>
            <translation>Tối đa một nghìn lần.</translation>
        </message>
        <message>
            <source>A time of day</source>
            <translation>Giờ trong ngày</translation>
        </message>
        <message>
            <source>A timer</source>
            <translation>Hẹn giờ</translation>
        </message>
        <message>
            <source>A variable</source>
            <translation>Một biến</translation>
        </message>
        <message>
            <source>A viewer begins a comment with a word such as !spin.</source>
            <translation>Người xem mở đầu bình luận bằng một từ, ví dụ !spin.</translation>
        </message>
        <message>
            <source>A viewer begins to follow you.</source>
            <translation>Một người xem bắt đầu theo dõi bạn.</translation>
        </message>
        <message>
            <source>A viewer comes into your LIVE; in a full one that is often.</source>
            <translation>Có người vào xem; LIVE đông thì việc này rất thường xuyên.</translation>
        </message>
        <message>
            <source>A viewer shares your LIVE.</source>
            <translation>Một người xem chia sẻ buổi LIVE.</translation>
        </message>
        <message>
            <source>A viewer subscribes, newly or for another month.</source>
            <translation>Một người xem đăng ký, lần đầu hoặc thêm một tháng.</translation>
        </message>
        <message>
            <source>A web request looks like /relay?on=1 or POST /relay and what to send: {text}</source>
            <translation>Yêu cầu web trông như /relay?on=1 hoặc POST /relay kèm nội dung gửi: {text}</translation>
        </message>
        <message>
            <source>A whole stream in seconds, without moving anything</source>
            <translation>Cả buổi LIVE trong vài giây, không làm gì chuyển động</translation>
        </message>
        <message>
            <source>ALL GIFTS</source>
            <translation>TẤT CẢ QUÀ</translation>
        </message>
        <message>
            <source>Access token</source>
            <translation>Mã truy cập</translation>
        </message>
        <message>
            <source>Actions</source>
            <translation>Lệnh</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Hoạt động</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Thêm</translation>
        </message>
        <message numerus="yes">
            <source>Add %Ln rule(s)</source>
            <translation>
                <numerusform>Thêm %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message>
            <source>Add a branch</source>
            <translation>Thêm nhánh</translation>
        </message>
        <message>
            <source>Add a case</source>
            <translation>Thêm trường hợp</translation>
        </message>
        <message>
            <source>Add a choice</source>
            <translation>Thêm lựa chọn</translation>
        </message>
        <message>
            <source>Add a condition</source>
            <translation>Thêm điều kiện</translation>
        </message>
        <message>
            <source>Add a device</source>
            <translation>Thêm thiết bị</translation>
        </message>
        <message>
            <source>Add a note</source>
            <translation>Thêm ghi chú</translation>
        </message>
        <message>
            <source>Add a pair</source>
            <translation>Thêm một cặp</translation>
        </message>
        <message>
            <source>Add a side</source>
            <translation>Thêm nhánh song song</translation>
        </message>
        <message>
            <source>Add a step</source>
            <translation>Thêm bước</translation>
        </message>
        <message>
            <source>Add a step first.</source>
            <translation>Hãy thêm một bước trước.</translation>
        </message>
        <message>
            <source>Add an output, or show its battery.</source>
            <translation>Hãy thêm một đầu ra, hoặc chọn hiện pin.</translation>
        </message>
        <message>
            <source>Add goal</source>
            <translation>Thêm mục tiêu</translation>
        </message>
        <message>
            <source>Add one</source>
            <translation>Thêm một mục</translation>
        </message>
        <message>
            <source>Add to a rule…</source>
            <translation>Thêm vào quy tắc…</translation>
        </message>
        <message>
            <source>Add to a variable</source>
            <translation>Cộng vào biến</translation>
        </message>
        <message>
            <source>Add to {what}</source>
            <translation>Thêm vào {what}</translation>
        </message>
        <message>
            <source>Add {gift} to a rule</source>
            <translation>Thêm {gift} vào quy tắc</translation>
        </message>
        <message>
            <source>Add {name}</source>
            <translation>Thêm {name}</translation>
        </message>
        <message>
            <source>Add: {name}</source>
            <translation>Thêm: {name}</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Địa chỉ</translation>
        </message>
        <message>
            <source>Address for devices</source>
            <translation>Địa chỉ cho thiết bị</translation>
        </message>
        <message>
            <source>Address to call</source>
            <translation>Địa chỉ cần gọi</translation>
        </message>
        <message>
            <source>Adds an effect that drives the motors against their end switches.</source>
            <translation>Thêm một hiệu ứng đưa các động cơ chạy tới công tắc hành trình.</translation>
        </message>
        <message>
            <source>After a run the rule rests this long for the same viewer.</source>
            <translation>Sau mỗi lần chạy, quy tắc nghỉ chừng này với cùng một người xem.</translation>
        </message>
        <message>
            <source>After a run the rule rests this long.</source>
            <translation>Sau mỗi lần chạy, quy tắc nghỉ chừng này.</translation>
        </message>
        <message>
            <source>Again</source>
            <translation>Chạy lại</translation>
        </message>
        <message>
            <source>Again and again after so many seconds or minutes.</source>
            <translation>Lặp lại sau từng khoảng vài giây hay vài phút.</translation>
        </message>
        <message>
            <source>Again, for this rule only</source>
            <translation>Chạy lại, chỉ cho quy tắc này</translation>
        </message>
        <message>
            <source>Alarm</source>
            <translation>Báo động</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Tất cả</translation>
        </message>
        <message>
            <source>All begin at once. The next step waits until all are over.</source>
            <translation>Tất cả bắt đầu cùng lúc. Bước sau chờ đến khi tất cả xong.</translation>
        </message>
        <message>
            <source>All devices</source>
            <translation>Mọi thiết bị</translation>
        </message>
        <message>
            <source>All devices were switched off to be safe. Gifts that come now run as usual.</source>
            <translation>Mọi thiết bị đã được tắt cho an toàn. Quà đến từ bây giờ vẫn chạy như thường.</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Mọi tệp (*)</translation>
        </message>
        <message>
            <source>All files ({files})</source>
            <translation>Mọi tệp ({files})</translation>
        </message>
        <message>
            <source>All gifts</source>
            <translation>Tất cả quà</translation>
        </message>
        <message>
            <source>All gifts of this viewer in this LIVE together.</source>
            <translation>Tổng quà của người xem này trong buổi LIVE.</translation>
        </message>
        <message>
            <source>All gifts…</source>
            <translation>Tất cả quà…</translation>
        </message>
        <message>
            <source>All its steps are turned off, so it does nothing.</source>
            <translation>Mọi bước đều đang tắt nên quy tắc không làm gì.</translation>
        </message>
        <message>
            <source>All likes together pass a number, once or again and again.</source>
            <translation>Tổng lượt thích vượt một con số, một lần hoặc nhiều lần.</translation>
        </message>
        <message>
            <source>All of these</source>
            <translation>Tất cả các điều sau</translation>
        </message>
        <message>
            <source>All rules ({n})</source>
            <translation>Tất cả quy tắc ({n})</translation>
        </message>
        <message>
            <source>All streams</source>
            <translation>Mọi buổi LIVE</translation>
        </message>
        <message>
            <source>All together</source>
            <translation>Tất cả cùng lúc</translation>
        </message>
        <message>
            <source>Allow it in the computer's privacy settings, then start Giftwire again.</source>
            <translation>Hãy cho phép trong phần quyền riêng tư của máy tính, rồi mở lại Giftwire.</translation>
        </message>
        <message>
            <source>Allow it in the computer's settings; we try again by ourselves.</source>
            <translation>Hãy cho phép trong cài đặt của máy; ứng dụng sẽ tự thử lại.</translation>
        </message>
        <message>
            <source>Also called</source>
            <translation>Tên khác</translation>
        </message>
        <message>
            <source>Always</source>
            <translation>Luôn luôn</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Số lượng</translation>
        </message>
        <message>
            <source>An Arduino or ESP32 with the Giftwire sketch: motor, light, relay.</source>
            <translation>Arduino hoặc ESP32 đã nạp chương trình Giftwire: động cơ, đèn, rơ-le.</translation>
        </message>
        <message>
            <source>An Arduino that restarts when its port is opened needs 2 seconds.</source>
            <translation>Arduino khởi động lại khi mở cổng thì cần 2 giây.</translation>
        </message>
        <message>
            <source>An E-3 has one relay.</source>
            <translation>E-3 chỉ có một rơ-le.</translation>
        </message>
        <message>
            <source>An MQTT message</source>
            <translation>Tin MQTT</translation>
        </message>
        <message>
            <source>An OpenShock hub on a USB cable. Off until you agree to what it can do.</source>
            <translation>Bộ phát OpenShock cắm cáp USB. Tắt cho đến khi bạn đồng ý với những gì nó có thể gây ra.</translation>
        </message>
        <message>
            <source>Another broker</source>
            <translation>Máy chủ MQTT khác</translation>
        </message>
        <message>
            <source>Another of your devices already has this universe at this address. Choose another universe.</source>
            <translation>Một thiết bị khác của bạn đã dùng universe này ở địa chỉ này. Hãy chọn universe khác.</translation>
        </message>
        <message>
            <source>Another program has taken this port. Close that program.</source>
            <translation>Chương trình khác đã chiếm cổng này. Hãy tắt chương trình đó.</translation>
        </message>
        <message>
            <source>Another program is holding Giftwire's files.</source>
            <translation>Một chương trình khác đang giữ các tệp của Giftwire.</translation>
        </message>
        <message>
            <source>Another program uses these keys: they work in this window only.</source>
            <translation>Chương trình khác đang dùng các phím này nên chúng chỉ hoạt động trong cửa sổ này.</translation>
        </message>
        <message>
            <source>Another program uses these keys: they work in this window only. Choose others.</source>
            <translation>Chương trình khác đang dùng các phím này nên chúng chỉ hoạt động trong cửa sổ này. Hãy chọn phím khác.</translation>
        </message>
        <message>
            <source>Another program uses this device.</source>
            <translation>Một chương trình khác đang dùng thiết bị này.</translation>
        </message>
        <message>
            <source>Another program uses this port.</source>
            <translation>Một chương trình khác đang dùng cổng này.</translation>
        </message>
        <message>
            <source>Another program uses this port. Close it, for example the Arduino IDE; we connect by ourselves.</source>
            <translation>Chương trình khác đang dùng cổng này. Hãy tắt nó, ví dụ Arduino IDE; ứng dụng sẽ tự kết nối.</translation>
        </message>
        <message>
            <source>Another rule</source>
            <translation>Quy tắc khác</translation>
        </message>
        <message>
            <source>Another toy was switched on. We connect anew to have both.</source>
            <translation>Một món đồ chơi khác vừa được bật. Ứng dụng kết nối lại để dùng được cả hai.</translation>
        </message>
        <message>
            <source>Another version of Giftwire is still running. Quit it, then start this one again.</source>
            <translation>Một phiên bản Giftwire khác đang chạy. Hãy thoát phiên bản đó rồi mở lại phiên bản này.</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Trả lời</translation>
        </message>
        <message>
            <source>Answers after (ms)</source>
            <translation>Trả lời sau (ms)</translation>
        </message>
        <message>
            <source>Answers well</source>
            <translation>Trả lời tốt</translation>
        </message>
        <message>
            <source>Any Bluetooth device whose commands you know, and how full its battery is.</source>
            <translation>Thiết bị Bluetooth bất kỳ mà bạn biết lệnh, và mức pin của nó.</translation>
        </message>
        <message>
            <source>Any MQTT device</source>
            <translation>Thiết bị MQTT bất kỳ</translation>
        </message>
        <message>
            <source>Any device</source>
            <translation>Thiết bị bất kỳ</translation>
        </message>
        <message>
            <source>Any device whose commands you know. You write them down; nothing is programmed.</source>
            <translation>Mọi thiết bị mà bạn biết lệnh. Chỉ cần ghi lệnh ra, không phải lập trình.</translation>
        </message>
        <message>
            <source>Any gift by price</source>
            <translation>Quà bất kỳ theo giá</translation>
        </message>
        <message>
            <source>Any of these</source>
            <translation>Một trong các điều sau</translation>
        </message>
        <message>
            <source>Any of these gifts starts the rule.</source>
            <translation>Bất kỳ món nào trong số này đều kích hoạt quy tắc.</translation>
        </message>
        <message>
            <source>Any of these starts the rule. Capital and small letters are the same.</source>
            <translation>Bất kỳ cụm nào trong số này đều kích hoạt quy tắc. Không phân biệt chữ hoa, chữ thường.</translation>
        </message>
        <message>
            <source>Anything</source>
            <translation>Bất cứ điều gì</translation>
        </message>
        <message>
            <source>Arduino with Firmata</source>
            <translation>Arduino với Firmata</translation>
        </message>
        <message>
            <source>Arm</source>
            <translation>Mở khóa</translation>
        </message>
        <message>
            <source>Armed, until you close Giftwire.</source>
            <translation>Đã mở khóa cho đến khi bạn đóng Giftwire.</translation>
        </message>
        <message>
            <source>Armed, until you press STOP or close Giftwire.</source>
            <translation>Đã mở khóa cho đến khi bạn bấm DỪNG hoặc đóng Giftwire.</translation>
        </message>
        <message>
            <source>Art-Net</source>
            <translation>Art-Net</translation>
        </message>
        <message>
            <source>As Intiface Central shows it. Leave it if it runs on this computer.</source>
            <translation>Như Intiface Central hiển thị. Nếu nó chạy trên máy này thì để nguyên.</translation>
        </message>
        <message>
            <source>As OpenShock's page shows it.</source>
            <translation>Như trên trang OpenShock.</translation>
        </message>
        <message>
            <source>As Zigbee2MQTT lists it: its friendly name or its address.</source>
            <translation>Như Zigbee2MQTT liệt kê: tên thân thiện hoặc địa chỉ.</translation>
        </message>
        <message>
            <source>As a combo</source>
            <translation>Gửi thành combo</translation>
        </message>
        <message>
            <source>As in WLED's Sync settings under MQTT, such as wled/a1b2c3.</source>
            <translation>Như trong Sync settings của WLED, mục MQTT, ví dụ wled/a1b2c3.</translation>
        </message>
        <message>
            <source>As in its YAML after “name:”, such as desk-lamp.</source>
            <translation>Như sau “name:” trong tệp YAML của thiết bị, ví dụ desk-lamp.</translation>
        </message>
        <message>
            <source>As in its menu “Configure MQTT”, such as tasmota_A1B2C3.</source>
            <translation>Như trong mục “Configure MQTT” của thiết bị, ví dụ tasmota_A1B2C3.</translation>
        </message>
        <message>
            <source>As in its telemetry or attributes. Empty if it tells nothing.</source>
            <translation>Như trong telemetry hoặc attributes của thiết bị. Để trống nếu không báo.</translation>
        </message>
        <message>
            <source>As in the program of the board, mostly 9600 or 115200.</source>
            <translation>Giống trong chương trình của mạch, thường là 9600 hoặc 115200.</translation>
        </message>
        <message>
            <source>As in the sketch.</source>
            <translation>Như trong chương trình nạp.</translation>
        </message>
        <message>
            <source>As in your browser when you open Home Assistant.</source>
            <translation>Như trên trình duyệt khi bạn mở Home Assistant.</translation>
        </message>
        <message>
            <source>As in your browser when you open WLED, such as 192.168.1.40.</source>
            <translation>Như trên trình duyệt khi bạn mở WLED, ví dụ 192.168.1.40.</translation>
        </message>
        <message>
            <source>As it is written</source>
            <translation>Nguyên văn trong tệp</translation>
        </message>
        <message>
            <source>As its settings show it: 7000 for Resolume, 9000 for VRChat.</source>
            <translation>Như trong cài đặt của nó: Resolume 7000, VRChat 9000.</translation>
        </message>
        <message>
            <source>As on A4988, DRV8825 and TMC2209.</source>
            <translation>Như trên A4988, DRV8825 và TMC2209.</translation>
        </message>
        <message>
            <source>As printed on it. What does not fit waits. Empty: no shared supply.</source>
            <translation>Như in trên nguồn. Thứ vượt quá sẽ chờ. Để trống: không dùng chung nguồn.</translation>
        </message>
        <message>
            <source>As the board was set up, mostly 115200. A faster one moves more smoothly.</source>
            <translation>Đúng như đã đặt trên bo, thường là 115200. Càng nhanh, chuyển động càng mượt.</translation>
        </message>
        <message>
            <source>As the device calls it, for example rpm.</source>
            <translation>Theo tên thiết bị dùng, ví dụ rpm.</translation>
        </message>
        <message>
            <source>As the device calls it.</source>
            <translation>Theo cách thiết bị gọi tên.</translation>
        </message>
        <message>
            <source>As the other program shows it, such as /composition/layers/1/video/opacity</source>
            <translation>Như chương trình kia hiển thị, ví dụ /composition/layers/1/video/opacity</translation>
        </message>
        <message>
            <source>As the other program wants them; most want decimals.</source>
            <translation>Theo yêu cầu của chương trình kia; đa số dùng số thập phân.</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Theo hệ thống</translation>
        </message>
        <message>
            <source>As they were before</source>
            <translation>Như trước đó</translation>
        </message>
        <message>
            <source>As you want to read it in your rules.</source>
            <translation>Tên bạn muốn thấy trong quy tắc.</translation>
        </message>
        <message>
            <source>As your rules are now; it was not asked then.</source>
            <translation>Theo quy tắc hiện tại; lúc đó chưa được xét.</translation>
        </message>
        <message>
            <source>Asked</source>
            <translation>Yêu cầu</translation>
        </message>
        <message>
            <source>Asked for and not sent: {what}.</source>
            <translation>Được yêu cầu nhưng không gửi: {what}.</translation>
        </message>
        <message>
            <source>At 1,000, 2,000, 3,000 and so on; otherwise once a stream.</source>
            <translation>Khi đạt 1.000, 2.000, 3.000, v.v.; nếu không thì một lần mỗi buổi LIVE.</translation>
        </message>
        <message>
            <source>At 100, 200, 300 and so on; otherwise once a combo.</source>
            <translation>Khi đạt 100, 200, 300, v.v.; nếu không thì một lần mỗi combo.</translation>
        </message>
        <message>
            <source>At least {low}.</source>
            <translation>Ít nhất {low}.</translation>
        </message>
        <message>
            <source>At most at once</source>
            <translation>Tối đa mỗi lần</translation>
        </message>
        <message>
            <source>At most per hour</source>
            <translation>Tối đa mỗi giờ</translation>
        </message>
        <message>
            <source>At most per stream</source>
            <translation>Tối đa mỗi buổi LIVE</translation>
        </message>
        <message>
            <source>At most waiting</source>
            <translation>Tối đa đang chờ</translation>
        </message>
        <message>
            <source>At most {high}.</source>
            <translation>Nhiều nhất {high}.</translation>
        </message>
        <message>
            <source>At the same time</source>
            <translation>Cùng lúc</translation>
        </message>
        <message>
            <source>Axis</source>
            <translation>Trục</translation>
        </message>
        <message>
            <source>Axis {axis} is there twice.</source>
            <translation>Trục {axis} có hai lần.</translation>
        </message>
        <message>
            <source>BLUETOOTH</source>
            <translation>BLUETOOTH</translation>
        </message>
        <message>
            <source>BUTTONS</source>
            <translation>NÚT BẤM</translation>
        </message>
        <message>
            <source>BY KIND</source>
            <translation>THEO LOẠI</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Quay lại</translation>
        </message>
        <message>
            <source>Back to the rules</source>
            <translation>Về danh sách quy tắc</translation>
        </message>
        <message>
            <source>Back to what it was</source>
            <translation>Trở lại như cũ</translation>
        </message>
        <message>
            <source>Backwards</source>
            <translation>Quay ngược</translation>
        </message>
        <message>
            <source>Battery</source>
            <translation>Pin</translation>
        </message>
        <message>
            <source>Battles</source>
            <translation>Trận PK</translation>
        </message>
        <message>
            <source>Beep</source>
            <translation>Tiếng bíp</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Trước đó</translation>
        </message>
        <message>
            <source>Begin the day anew</source>
            <translation>Tính lại từ đầu ngày</translation>
        </message>
        <message>
            <source>Begin with an empty rule</source>
            <translation>Bắt đầu với quy tắc trống</translation>
        </message>
        <message>
            <source>Begins after</source>
            <translation>Bắt đầu sau</translation>
        </message>
        <message>
            <source>Beyond it the motor would lose steps.</source>
            <translation>Nhanh hơn nữa thì động cơ sẽ mất bước.</translation>
        </message>
        <message>
            <source>Blink a light a few times in a colour.</source>
            <translation>Nháy đèn vài lần với một màu.</translation>
        </message>
        <message>
            <source>Bluetooth</source>
            <translation>Bluetooth</translation>
        </message>
        <message>
            <source>Bluetooth device</source>
            <translation>Thiết bị Bluetooth</translation>
        </message>
        <message>
            <source>Bluetooth is off on this computer.</source>
            <translation>Bluetooth của máy tính này đang tắt.</translation>
        </message>
        <message>
            <source>Bluetooth light strip</source>
            <translation>Dây đèn LED Bluetooth</translation>
        </message>
        <message>
            <source>Board</source>
            <translation>Bo mạch</translation>
        </message>
        <message>
            <source>Branch</source>
            <translation>Nhánh</translation>
        </message>
        <message>
            <source>Branches</source>
            <translation>Các nhánh</translation>
        </message>
        <message>
            <source>Bright light: never more than 3 flashes a second.</source>
            <translation>Ánh sáng mạnh: không bao giờ quá 3 lần nháy mỗi giây.</translation>
        </message>
        <message>
            <source>Brightness</source>
            <translation>Độ sáng</translation>
        </message>
        <message>
            <source>Brightness and level at most</source>
            <translation>Độ sáng và mức cao nhất</translation>
        </message>
        <message>
            <source>Busy</source>
            <translation>Sôi động</translation>
        </message>
        <message>
            <source>Button</source>
            <translation>Nút bấm</translation>
        </message>
        <message>
            <source>Buttons</source>
            <translation>Nút bấm</translation>
        </message>
        <message>
            <source>Buttons and keys</source>
            <translation>Nút và phím</translation>
        </message>
        <message>
            <source>Buttons grow with it</source>
            <translation>Nút bấm cũng lớn theo</translation>
        </message>
        <message>
            <source>By itself</source>
            <translation>Tự động</translation>
        </message>
        <message>
            <source>Bytes in hex</source>
            <translation>Byte dạng hex</translation>
        </message>
        <message>
            <source>Bytes in hex look like: A0 01 01 {sum}</source>
            <translation>Byte dạng hex trông như: A0 01 01 {sum}</translation>
        </message>
        <message>
            <source>CHAT</source>
            <translation>BÌNH LUẬN</translation>
        </message>
        <message>
            <source>CHOSEN</source>
            <translation>ĐÃ CHỌN</translation>
        </message>
        <message>
            <source>CLOSING THE WINDOW</source>
            <translation>KHI ĐÓNG CỬA SỔ</translation>
        </message>
        <message>
            <source>CONNECTED NOW</source>
            <translation>ĐÃ KẾT NỐI</translation>
        </message>
        <message>
            <source>COUNTED</source>
            <translation>ĐÃ TÍNH</translation>
        </message>
        <message>
            <source>Call a web address</source>
            <translation>Gọi địa chỉ web</translation>
        </message>
        <message>
            <source>Call from a program</source>
            <translation>Lệnh gọi từ chương trình</translation>
        </message>
        <message>
            <source>Calls from programs</source>
            <translation>Chương trình gọi</translation>
        </message>
        <message>
            <source>Calm</source>
            <translation>Yên ả</translation>
        </message>
        <message>
            <source>Can hurt: off until you agree, then weak, short and rare.</source>
            <translation>Có thể gây đau: tắt cho đến khi bạn đồng ý, sau đó yếu, ngắn và thưa.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Hủy</translation>
        </message>
        <message>
            <source>Cancelled. Nothing was changed.</source>
            <translation>Đã hủy. Không có gì thay đổi.</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Trường hợp</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Xác suất</translation>
        </message>
        <message>
            <source>Chance decides which of several things is done.</source>
            <translation>May rủi chọn một trong nhiều việc.</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Sửa</translation>
        </message>
        <message>
            <source>Change cooldown</source>
            <translation>Đổi thời gian nghỉ</translation>
        </message>
        <message>
            <source>Change how combos count</source>
            <translation>Đổi cách tính combo</translation>
        </message>
        <message>
            <source>Change limit</source>
            <translation>Đổi giới hạn</translation>
        </message>
        <message>
            <source>Change the condition</source>
            <translation>Đổi điều kiện</translation>
        </message>
        <message>
            <source>Change the formula</source>
            <translation>Đổi công thức</translation>
        </message>
        <message>
            <source>Change the name</source>
            <translation>Đổi tên</translation>
        </message>
        <message>
            <source>Change this step</source>
            <translation>Đổi bước này</translation>
        </message>
        <message>
            <source>Change to another scene in OBS.</source>
            <translation>Chuyển sang cảnh khác trong OBS.</translation>
        </message>
        <message>
            <source>Change to…</source>
            <translation>Đổi thành…</translation>
        </message>
        <message>
            <source>Change value</source>
            <translation>Sửa giá trị</translation>
        </message>
        <message>
            <source>Change what happens meanwhile</source>
            <translation>Đổi cách xử lý khi đang chạy</translation>
        </message>
        <message>
            <source>Change what starts it</source>
            <translation>Đổi điều kích hoạt</translation>
        </message>
        <message>
            <source>Change {name}</source>
            <translation>Sửa {name}</translation>
        </message>
        <message>
            <source>Changed to {part}</source>
            <translation>Đã đổi thành {part}</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Đổi…</translation>
        </message>
        <message>
            <source>Check it</source>
            <translation>Kiểm tra</translation>
        </message>
        <message>
            <source>Check its Wi-Fi.</source>
            <translation>Hãy kiểm tra Wi-Fi của nó.</translation>
        </message>
        <message>
            <source>Check its limits and its settings.</source>
            <translation>Hãy kiểm tra giới hạn và cài đặt của nó.</translation>
        </message>
        <message>
            <source>Check its power and its connection.</source>
            <translation>Hãy kiểm tra nguồn và kết nối của nó.</translation>
        </message>
        <message>
            <source>Check that nothing is missing.</source>
            <translation>Hãy xem có thiếu gì không.</translation>
        </message>
        <message>
            <source>Check that nothing is missing. The damaged file is kept beside it.</source>
            <translation>Hãy xem có thiếu gì không. Tệp hỏng được giữ lại bên cạnh.</translation>
        </message>
        <message>
            <source>Check that you chose the right kind of device.</source>
            <translation>Hãy kiểm tra xem bạn đã chọn đúng loại thiết bị chưa.</translation>
        </message>
        <message>
            <source>Check the date of this computer, or the antivirus that opens secure connections.</source>
            <translation>Hãy kiểm tra ngày giờ của máy, hoặc phần mềm diệt virus đang can thiệp vào kết nối bảo mật.</translation>
        </message>
        <message>
            <source>Check the internet connection. We keep trying.</source>
            <translation>Hãy kiểm tra mạng. Ứng dụng vẫn tiếp tục thử.</translation>
        </message>
        <message>
            <source>Check the key in Settings.</source>
            <translation>Hãy kiểm tra khóa trong Cài đặt.</translation>
        </message>
        <message>
            <source>Check the spelling, without the @.</source>
            <translation>Hãy kiểm tra chính tả, không gõ dấu @.</translation>
        </message>
        <message>
            <source>Check the spelling.</source>
            <translation>Hãy kiểm tra chính tả.</translation>
        </message>
        <message>
            <source>Check the topic in the device: it must be the one you entered here.</source>
            <translation>Hãy kiểm tra chủ đề trong thiết bị: phải giống chủ đề bạn điền ở đây.</translation>
        </message>
        <message>
            <source>Check the user name in the device's own menu.</source>
            <translation>Hãy kiểm tra tên đăng nhập trong menu của thiết bị.</translation>
        </message>
        <message>
            <source>Checked against:</source>
            <translation>Kiểm tra với:</translation>
        </message>
        <message>
            <source>Checked against: {what}</source>
            <translation>Kiểm tra với: {what}</translation>
        </message>
        <message>
            <source>Checksums</source>
            <translation>Mã kiểm tra</translation>
        </message>
        <message>
            <source>Choice</source>
            <translation>Lựa chọn</translation>
        </message>
        <message>
            <source>Choices</source>
            <translation>Lựa chọn</translation>
        </message>
        <message>
            <source>Choose</source>
            <translation>Chọn</translation>
        </message>
        <message>
            <source>Choose MQTT 3.1.1 in the device, or update it.</source>
            <translation>Hãy chọn MQTT 3.1.1 trong thiết bị, hoặc cập nhật nó.</translation>
        </message>
        <message>
            <source>Choose a device</source>
            <translation>Chọn thiết bị</translation>
        </message>
        <message>
            <source>Choose a gift</source>
            <translation>Chọn quà</translation>
        </message>
        <message>
            <source>Choose a reading</source>
            <translation>Chọn số đo</translation>
        </message>
        <message>
            <source>Choose a rule</source>
            <translation>Chọn quy tắc</translation>
        </message>
        <message>
            <source>Choose a rule, or make a new one.</source>
            <translation>Hãy chọn một quy tắc hoặc tạo mới.</translation>
        </message>
        <message>
            <source>Choose a scene</source>
            <translation>Chọn cảnh</translation>
        </message>
        <message>
            <source>Choose a sound</source>
            <translation>Chọn âm thanh</translation>
        </message>
        <message>
            <source>Choose a source</source>
            <translation>Chọn nguồn</translation>
        </message>
        <message>
            <source>Choose a stream and press Start. It is played much faster than in real time, on devices that are not there: nothing moves, and nothing is sent.</source>
            <translation>Chọn một buổi LIVE rồi bấm Bắt đầu. Buổi LIVE được phát nhanh hơn thực tế nhiều lần trên thiết bị giả lập: không có gì chuyển động, không có gì được gửi đi.</translation>
        </message>
        <message>
            <source>Choose a variable</source>
            <translation>Chọn biến</translation>
        </message>
        <message>
            <source>Choose another file.</source>
            <translation>Hãy chọn tệp khác.</translation>
        </message>
        <message>
            <source>Choose another port in Settings, or close the program that has it.</source>
            <translation>Hãy chọn cổng khác trong Cài đặt, hoặc đóng chương trình đang dùng cổng này.</translation>
        </message>
        <message>
            <source>Choose another port, 1024 or higher.</source>
            <translation>Hãy chọn cổng khác, từ 1024 trở lên.</translation>
        </message>
        <message>
            <source>Choose another value.</source>
            <translation>Hãy chọn giá trị khác.</translation>
        </message>
        <message>
            <source>Choose as many as you like.</source>
            <translation>Chọn bao nhiêu cũng được.</translation>
        </message>
        <message>
            <source>Choose later, in the rules</source>
            <translation>Chọn sau, trong quy tắc</translation>
        </message>
        <message>
            <source>Choose less than {lt}.</source>
            <translation>Hãy chọn nhỏ hơn {lt}.</translation>
        </message>
        <message>
            <source>Choose more than {gt}.</source>
            <translation>Hãy chọn lớn hơn {gt}.</translation>
        </message>
        <message>
            <source>Choose one of the list.</source>
            <translation>Hãy chọn một mục trong danh sách.</translation>
        </message>
        <message>
            <source>Choose two different outputs.</source>
            <translation>Hãy chọn hai đầu ra khác nhau.</translation>
        </message>
        <message>
            <source>Choose what is in the group.</source>
            <translation>Hãy chọn thiết bị trong nhóm.</translation>
        </message>
        <message>
            <source>Choose your board. Typing the name of a port, such as COM3, works too.</source>
            <translation>Chọn bo mạch của bạn. Gõ tên cổng, ví dụ COM3, cũng được.</translation>
        </message>
        <message>
            <source>Choose {ge} or more.</source>
            <translation>Hãy chọn từ {ge} trở lên.</translation>
        </message>
        <message>
            <source>Choose {le} or less.</source>
            <translation>Hãy chọn tối đa {le}.</translation>
        </message>
        <message>
            <source>Choose “A button of yours” or “A key combination” under WHEN in a rule: buttons show here and on Live, keys work in every program.</source>
            <translation>Chọn “Nút bấm của bạn” hoặc “Phím tắt” ở phần KHI của quy tắc: nút hiện ở đây và ở trang Trực tiếp, phím dùng được trong mọi chương trình.</translation>
        </message>
        <message>
            <source>Clear filters</source>
            <translation>Bỏ bộ lọc</translation>
        </message>
        <message>
            <source>Clear the search</source>
            <translation>Xóa ô tìm kiếm</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Đóng</translation>
        </message>
        <message>
            <source>Close practise</source>
            <translation>Đóng phần chạy thử</translation>
        </message>
        <message>
            <source>Close that program, or choose another port.</source>
            <translation>Hãy đóng chương trình đó, hoặc chọn cổng khác.</translation>
        </message>
        <message>
            <source>Close that program; we connect by ourselves.</source>
            <translation>Hãy tắt chương trình đó; ứng dụng sẽ tự kết nối.</translation>
        </message>
        <message>
            <source>Closing the window does not end Giftwire.</source>
            <translation>Đóng cửa sổ không làm Giftwire tắt.</translation>
        </message>
        <message>
            <source>Coins</source>
            <translation>Xu</translation>
        </message>
        <message>
            <source>Coins at least</source>
            <translation>Ít nhất bao nhiêu xu</translation>
        </message>
        <message>
            <source>Coins at most</source>
            <translation>Tối đa bao nhiêu xu</translation>
        </message>
        <message>
            <source>Coins each</source>
            <translation>Xu mỗi món</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>Màu</translation>
        </message>
        <message>
            <source>Colour as #rrggbb</source>
            <translation>Màu dạng #rrggbb</translation>
        </message>
        <message>
            <source>Colour lamp with 7 channels: brightness, red, green, blue, effects</source>
            <translation>Đèn màu 7 kênh: độ sáng, đỏ, lục, lam, hiệu ứng</translation>
        </message>
        <message>
            <source>Colour lamp: brightness, red, green, blue</source>
            <translation>Đèn màu: độ sáng, đỏ, lục, lam</translation>
        </message>
        <message>
            <source>Colour lamp: red, green, blue</source>
            <translation>Đèn màu: đỏ, lục, lam</translation>
        </message>
        <message>
            <source>Colour lamp: red, green, blue, white</source>
            <translation>Đèn màu: đỏ, lục, lam, trắng</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Màu sắc</translation>
        </message>
        <message>
            <source>Combines</source>
            <translation>Gộp combo</translation>
        </message>
        <message>
            <source>Combos</source>
            <translation>Combo</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>Lệnh</translation>
        </message>
        <message>
            <source>Command that is sent every second</source>
            <translation>Lệnh gửi mỗi giây</translation>
        </message>
        <message>
            <source>Command that switches everything off</source>
            <translation>Lệnh tắt tất cả</translation>
        </message>
        <message>
            <source>Command that switches it off</source>
            <translation>Lệnh tắt</translation>
        </message>
        <message>
            <source>Command that turns it on</source>
            <translation>Lệnh bật</translation>
        </message>
        <message>
            <source>Command that turns it until it is switched off</source>
            <translation>Lệnh quay cho đến khi tắt</translation>
        </message>
        <message>
            <source>Commands</source>
            <translation>Lệnh</translation>
        </message>
        <message>
            <source>Commands are</source>
            <translation>Lệnh viết bằng</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>Bình luận</translation>
        </message>
        <message>
            <source>Comments</source>
            <translation>Bình luận</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>So sánh</translation>
        </message>
        <message>
            <source>Compare any number or text by a formula of your own.</source>
            <translation>So sánh số hay chữ bất kỳ bằng công thức của bạn.</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>So sánh với</translation>
        </message>
        <message>
            <source>Compared as</source>
            <translation>So sánh như</translation>
        </message>
        <message>
            <source>Computer with OBS</source>
            <translation>Máy chạy OBS</translation>
        </message>
        <message>
            <source>Condition</source>
            <translation>Điều kiện</translation>
        </message>
        <message>
            <source>Conditions</source>
            <translation>Các điều kiện</translation>
        </message>
        <message>
            <source>Confetti</source>
            <translation>Pháo giấy</translation>
        </message>
        <message>
            <source>Confirmed by the device</source>
            <translation>Thiết bị đã xác nhận</translation>
        </message>
        <message>
            <source>Connect it</source>
            <translation>Kết nối</translation>
        </message>
        <message>
            <source>Connect {name}</source>
            <translation>Kết nối {name}</translation>
        </message>
        <message>
            <source>Connected through a stand-in server.</source>
            <translation>Đã kết nối qua máy chủ trung gian.</translation>
        </message>
        <message>
            <source>Connecting</source>
            <translation>Đang kết nối</translation>
        </message>
        <message>
            <source>Connecting to @{user}…</source>
            <translation>Đang kết nối tới @{user}…</translation>
        </message>
        <message>
            <source>Connecting took too long.</source>
            <translation>Kết nối mất quá nhiều thời gian.</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>Đang kết nối…</translation>
        </message>
        <message>
            <source>Considered</source>
            <translation>Đã xét</translation>
        </message>
        <message>
            <source>Continue rules</source>
            <translation>Chạy tiếp quy tắc</translation>
        </message>
        <message>
            <source>Cooldown</source>
            <translation>Thời gian nghỉ</translation>
        </message>
        <message>
            <source>Cooldown per device</source>
            <translation>Thời gian nghỉ cho mỗi thiết bị</translation>
        </message>
        <message>
            <source>Cooldown per viewer</source>
            <translation>Thời gian nghỉ cho mỗi người xem</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Đã sao chép</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>Đã sao chép.</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Sao chép</translation>
        </message>
        <message>
            <source>Copy of my rules file</source>
            <translation>Bản sao tệp quy tắc của tôi</translation>
        </message>
        <message>
            <source>Copy of my rules file…</source>
            <translation>Bản sao tệp quy tắc của tôi…</translation>
        </message>
        <message>
            <source>Copy the overlay's address</source>
            <translation>Sao chép địa chỉ màn hình LIVE</translation>
        </message>
        <message>
            <source>Copy the password again, or make a new one.</source>
            <translation>Hãy chép lại mật khẩu, hoặc tạo mật khẩu mới.</translation>
        </message>
        <message>
            <source>Copy the token</source>
            <translation>Sao chép mã truy cập</translation>
        </message>
        <message>
            <source>Copy {what}</source>
            <translation>Sao chép {what}</translation>
        </message>
        <message>
            <source>Correct name and password in the device; it gets in after a minute.</source>
            <translation>Hãy sửa tên và mật khẩu trong thiết bị; sau một phút nó vào được.</translation>
        </message>
        <message>
            <source>Count</source>
            <translation>Số lượng</translation>
        </message>
        <message>
            <source>Count every gift at once, or the whole combo when it ends.</source>
            <translation>Tính ngay từng món, hoặc tính cả combo khi kết thúc.</translation>
        </message>
        <message>
            <source>Count gifts sent to guests</source>
            <translation>Tính cả quà tặng khách mời</translation>
        </message>
        <message>
            <source>Count up or down under a name, for example towards a goal.</source>
            <translation>Đếm tăng hoặc giảm dưới một tên, ví dụ cho mục tiêu.</translation>
        </message>
        <message>
            <source>Counted from the beginning of the LIVE.</source>
            <translation>Tính từ lúc LIVE bắt đầu.</translation>
        </message>
        <message>
            <source>Counted over all viewers of the stream.</source>
            <translation>Tính trên mọi người xem của buổi LIVE.</translation>
        </message>
        <message>
            <source>Counts</source>
            <translation>Bộ đếm</translation>
        </message>
        <message>
            <source>Counts: {part}</source>
            <translation>Bộ đếm: {part}</translation>
        </message>
        <message>
            <source>Current</source>
            <translation>Dòng điện</translation>
        </message>
        <message>
            <source>Cut</source>
            <translation>Cắt</translation>
        </message>
        <message>
            <source>Cut down</source>
            <translation>Đã giảm</translation>
        </message>
        <message>
            <source>DEVICES</source>
            <translation>THIẾT BỊ</translation>
        </message>
        <message>
            <source>DEVICES AND KEYS</source>
            <translation>THIẾT BỊ VÀ PHÍM</translation>
        </message>
        <message>
            <source>DEVICES THAT ARE READY</source>
            <translation>THIẾT BỊ SẴN SÀNG</translation>
        </message>
        <message>
            <source>DMX USB Pro (Enttec)</source>
            <translation>DMX USB Pro (Enttec)</translation>
        </message>
        <message>
            <source>DO</source>
            <translation>THÌ</translation>
        </message>
        <message>
            <source>DRIVERS THAT DID NOT LOAD</source>
            <translation>TRÌNH ĐIỀU KHIỂN KHÔNG MỞ ĐƯỢC</translation>
        </message>
        <message>
            <source>Dark is easier on the eyes at night</source>
            <translation>Màu tối dịu mắt hơn vào ban đêm</translation>
        </message>
        <message>
            <source>Dark mode</source>
            <translation>Tối</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Thứ</translation>
        </message>
        <message>
            <source>Decimals</source>
            <translation>Số thập phân</translation>
        </message>
        <message>
            <source>Delay not measured yet</source>
            <translation>Chưa đo độ trễ</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Xóa</translation>
        </message>
        <message>
            <source>Delete a profile</source>
            <translation>Xóa một bộ quy tắc</translation>
        </message>
        <message>
            <source>Delete profile {name}?</source>
            <translation>Xóa bộ quy tắc {name}?</translation>
        </message>
        <message>
            <source>Detail of the log</source>
            <translation>Độ chi tiết của nhật ký</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Thiết bị</translation>
        </message>
        <message>
            <source>Device for this</source>
            <translation>Thiết bị cho mục này</translation>
        </message>
        <message>
            <source>Device for: {what}</source>
            <translation>Thiết bị cho: {what}</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Thiết bị</translation>
        </message>
        <message>
            <source>Devices at home can log in, each with its own password.</source>
            <translation>Thiết bị trong nhà đăng nhập được, mỗi cái một mật khẩu riêng.</translation>
        </message>
        <message>
            <source>Devices on Wi-Fi then log in at this computer, each with its own password. Nobody else gets in. If the system asks, allow it for private networks.</source>
            <translation>Thiết bị Wi-Fi sẽ đăng nhập vào máy tính này, mỗi thiết bị một mật khẩu riêng. Không ai khác vào được. Nếu hệ thống hỏi, hãy cho phép với mạng riêng tư.</translation>
        </message>
        <message>
            <source>Devices stay stopped until you resume.</source>
            <translation>Thiết bị dừng cho tới khi bạn cho chạy tiếp.</translation>
        </message>
        <message>
            <source>Devices that log in at it are stopped and cannot be reached until it is on.</source>
            <translation>Thiết bị đăng nhập ở đó sẽ bị dừng và không dùng được cho đến khi bật lại.</translation>
        </message>
        <message>
            <source>Devices were put into their safe state.</source>
            <translation>Thiết bị đã được đưa về trạng thái an toàn.</translation>
        </message>
        <message>
            <source>Devices were put into their safe state. Gifts are not counted now.</source>
            <translation>Thiết bị đã được đưa về trạng thái an toàn. Lúc này quà không được tính.</translation>
        </message>
        <message>
            <source>Devices were put into their safe state. Gifts that were waiting are not run again.</source>
            <translation>Các thiết bị đã được đưa về trạng thái an toàn. Những quà đang chờ sẽ không chạy lại.</translation>
        </message>
        <message>
            <source>Devices were put into their safe state. STOP ALL works meanwhile.</source>
            <translation>Thiết bị đã được đưa về trạng thái an toàn. Trong lúc đó nút DỪNG HẾT vẫn hoạt động.</translation>
        </message>
        <message>
            <source>Dim, or change speed</source>
            <translation>Chỉnh sáng hoặc tốc độ</translation>
        </message>
        <message>
            <source>Direction</source>
            <translation>Chiều</translation>
        </message>
        <message>
            <source>Disarm</source>
            <translation>Khóa lại</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>Bỏ qua</translation>
        </message>
        <message>
            <source>Dismiss all</source>
            <translation>Bỏ qua tất cả</translation>
        </message>
        <message>
            <source>Dismiss {gift}</source>
            <translation>Bỏ qua {gift}</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>Khoảng cách</translation>
        </message>
        <message>
            <source>Do</source>
            <translation>Thì</translation>
        </message>
        <message>
            <source>Do one thing if a condition is met, else another.</source>
            <translation>Điều kiện đúng thì làm việc này, sai thì làm việc kia.</translation>
        </message>
        <message>
            <source>Do several steps at once.</source>
            <translation>Làm nhiều bước cùng lúc.</translation>
        </message>
        <message>
            <source>Do the same steps several times.</source>
            <translation>Làm các bước giống nhau nhiều lần.</translation>
        </message>
        <message>
            <source>Do what another rule does.</source>
            <translation>Làm những gì quy tắc khác làm.</translation>
        </message>
        <message>
            <source>Does not always answer</source>
            <translation>Có lúc không trả lời</translation>
        </message>
        <message>
            <source>Does not answer any more</source>
            <translation>Không còn trả lời</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Đã xong</translation>
        </message>
        <message>
            <source>Done again: {what}</source>
            <translation>Đã làm lại: {what}</translation>
        </message>
        <message>
            <source>Door for other programs</source>
            <translation>Cổng cho chương trình khác</translation>
        </message>
        <message>
            <source>Doughnut</source>
            <translation>Bánh donut</translation>
        </message>
        <message>
            <source>Draft not applied. {field}: {why}.</source>
            <translation>Bản nháp chưa được áp dụng. {field}: {why}.</translation>
        </message>
        <message>
            <source>Drag to move. Alt+Up and Alt+Down do the same.</source>
            <translation>Kéo để di chuyển. Alt+Lên và Alt+Xuống cũng làm được.</translation>
        </message>
        <message>
            <source>Dry run</source>
            <translation>Xem trước</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>Nhân bản</translation>
        </message>
        <message>
            <source>Duplicate this profile</source>
            <translation>Nhân bản bộ quy tắc này</translation>
        </message>
        <message>
            <source>Duplicate this profile…</source>
            <translation>Nhân bản bộ quy tắc này…</translation>
        </message>
        <message>
            <source>E-3 with one relay (AA, BB)</source>
            <translation>E-3 có một rơ-le (AA, BB)</translation>
        </message>
        <message>
            <source>ESPHome announces nothing of “{node}” at this broker. Check its name, and that discovery is on.</source>
            <translation>ESPHome không báo gì về “{node}” ở máy chủ MQTT này. Hãy kiểm tra tên, và xem discovery đã bật chưa.</translation>
        </message>
        <message>
            <source>ESPHome over MQTT</source>
            <translation>ESPHome qua MQTT</translation>
        </message>
        <message>
            <source>ESPHome, or any device that announces itself for Home Assistant over MQTT.</source>
            <translation>ESPHome, hoặc thiết bị bất kỳ tự giới thiệu cho Home Assistant qua MQTT.</translation>
        </message>
        <message>
            <source>Each ends after its longest time at the latest. Never what is for the body.</source>
            <translation>Mỗi lần chạy kết thúc muộn nhất khi hết thời gian tối đa. Không gồm thiết bị dùng cho cơ thể.</translation>
        </message>
        <message>
            <source>Each rule rests at least</source>
            <translation>Mỗi quy tắc nghỉ ít nhất</translation>
        </message>
        <message>
            <source>Each rule runs at most</source>
            <translation>Mỗi quy tắc chạy tối đa</translation>
        </message>
        <message>
            <source>Each with its address, as set on the lamp itself.</source>
            <translation>Mỗi đèn một địa chỉ, đúng như đã đặt trên đèn.</translation>
        </message>
        <message>
            <source>Each with its axis. They turn independently of one another.</source>
            <translation>Mỗi động cơ một trục. Chúng quay độc lập với nhau.</translation>
        </message>
        <message>
            <source>Each with its topic and its texts.</source>
            <translation>Mỗi đầu ra có chủ đề và nội dung riêng.</translation>
        </message>
        <message>
            <source>Each with the method it is called by.</source>
            <translation>Mỗi đầu ra có phương thức riêng để gọi.</translation>
        </message>
        <message>
            <source>Edit…</source>
            <translation>Sửa…</translation>
        </message>
        <message>
            <source>Effect</source>
            <translation>Hiệu ứng</translation>
        </message>
        <message>
            <source>Effects</source>
            <translation>Hiệu ứng</translation>
        </message>
        <message>
            <source>Else</source>
            <translation>Nếu không</translation>
        </message>
        <message>
            <source>Empty if only one such board is plugged in. Linux wants a rule first: the file 70-giftwire-usb-relay.rules of this program says how.</source>
            <translation>Để trống nếu chỉ cắm một mạch loại này. Linux cần một quy tắc trước: tệp 70-giftwire-usb-relay.rules của chương trình chỉ cách làm.</translation>
        </message>
        <message>
            <source>Empty if the broker asks for none.</source>
            <translation>Để trống nếu máy chủ không đòi.</translation>
        </message>
        <message>
            <source>Empty if the device asks for none.</source>
            <translation>Để trống nếu thiết bị không hỏi.</translation>
        </message>
        <message>
            <source>Empty if your device can only count rounds.</source>
            <translation>Để trống nếu thiết bị chỉ biết đếm vòng.</translation>
        </message>
        <message>
            <source>Empty: nothing. JSON is sent as JSON, all else as text.</source>
            <translation>Để trống: không gửi gì. JSON được gửi dạng JSON, còn lại gửi dạng chữ.</translation>
        </message>
        <message>
            <source>Empty: the device's first output that fits.</source>
            <translation>Để trống: đầu ra phù hợp đầu tiên của thiết bị.</translation>
        </message>
        <message>
            <source>Empty: the scene that is on.</source>
            <translation>Để trống: cảnh đang hiện.</translation>
        </message>
        <message>
            <source>Empty: the usual voice of the system.</source>
            <translation>Để trống: giọng mặc định của hệ thống.</translation>
        </message>
        <message>
            <source>Enable pin</source>
            <translation>Chân enable</translation>
        </message>
        <message>
            <source>Enabled with LOW</source>
            <translation>Enable bằng LOW</translation>
        </message>
        <message>
            <source>Encrypted</source>
            <translation>Mã hóa</translation>
        </message>
        <message>
            <source>End everything a device is doing.</source>
            <translation>Dừng mọi việc thiết bị đang làm.</translation>
        </message>
        <message>
            <source>End here and leave out the steps below.</source>
            <translation>Dừng tại đây, bỏ qua các bước bên dưới.</translation>
        </message>
        <message>
            <source>End of a command</source>
            <translation>Kết thúc lệnh</translation>
        </message>
        <message>
            <source>End switches</source>
            <translation>Công tắc hành trình</translation>
        </message>
        <message>
            <source>End switches are off on this board. Send $22=1 to it, or do not use them.</source>
            <translation>Công tắc hành trình đang tắt trên bo này. Hãy gửi $22=1 cho bo, hoặc đừng dùng chúng.</translation>
        </message>
        <message>
            <source>Ends by itself</source>
            <translation>Tự kết thúc</translation>
        </message>
        <message>
            <source>Enter both in the device's own menu.</source>
            <translation>Hãy điền cả hai trong menu của thiết bị.</translation>
        </message>
        <message>
            <source>Enter the name or address of your broker first.</source>
            <translation>Hãy nhập tên hoặc địa chỉ máy chủ MQTT trước.</translation>
        </message>
        <message>
            <source>Enter the port of OBS first.</source>
            <translation>Hãy nhập cổng của OBS trước.</translation>
        </message>
        <message>
            <source>Enter the port of OBS in Settings first.</source>
            <translation>Hãy nhập cổng của OBS trong Cài đặt trước.</translation>
        </message>
        <message>
            <source>Entities</source>
            <translation>Thực thể (entity)</translation>
        </message>
        <message>
            <source>Even</source>
            <translation>Chẵn</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>Sự kiện</translation>
        </message>
        <message>
            <source>Ever</source>
            <translation>Từ trước đến nay</translation>
        </message>
        <message>
            <source>Every</source>
            <translation>Mỗi</translation>
        </message>
        <message>
            <source>Every device you add with Giftwire's own broker gets a login here.</source>
            <translation>Mỗi thiết bị bạn thêm với máy chủ MQTT của Giftwire có một tài khoản ở đây.</translation>
        </message>
        <message>
            <source>Every gift of this size or above it.</source>
            <translation>Mọi quà cỡ này trở lên.</translation>
        </message>
        <message>
            <source>Every gift of your LIVE is kept here, with what it did and why.</source>
            <translation>Mọi món quà trong LIVE của bạn được giữ ở đây, kèm việc nó đã làm và lý do.</translation>
        </message>
        <message>
            <source>Every gift, and what it did or why not</source>
            <translation>Mọi món quà, đã làm gì hoặc vì sao không</translation>
        </message>
        <message>
            <source>Every gift, or only those of a certain price.</source>
            <translation>Mọi món quà, hoặc chỉ quà trong một mức giá.</translation>
        </message>
        <message>
            <source>Every time again</source>
            <translation>Lặp lại mỗi lần</translation>
        </message>
        <message>
            <source>Every toy is off. Switch one on; we connect by ourselves.</source>
            <translation>Mọi món đồ chơi đều đang tắt. Hãy bật một món; ứng dụng sẽ tự kết nối.</translation>
        </message>
        <message>
            <source>Everyone who sends a gift shows here. Practice does not count.</source>
            <translation>Ai tặng quà sẽ hiện ở đây. Quà chạy thử không tính.</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Tất cả</translation>
        </message>
        <message>
            <source>Everything else works. Reinstall Giftwire if you did not change that file.</source>
            <translation>Mọi thứ khác vẫn chạy. Hãy cài lại Giftwire nếu bạn không tự sửa tệp đó.</translation>
        </message>
        <message>
            <source>Everything is stopped</source>
            <translation>Mọi thứ đang dừng</translation>
        </message>
        <message>
            <source>Everything is stopped.</source>
            <translation>Mọi thứ đang dừng.</translation>
        </message>
        <message>
            <source>Everything is stopped. Press Resume first.</source>
            <translation>Mọi thứ đang dừng. Hãy bấm Chạy tiếp trước.</translation>
        </message>
        <message>
            <source>Everything may run at the same time.</source>
            <translation>Mọi thứ được chạy cùng lúc.</translation>
        </message>
        <message>
            <source>Expires in</source>
            <translation>Hết hạn sau</translation>
        </message>
        <message>
            <source>FOUND NOW</source>
            <translation>VỪA TÌM THẤY</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Lỗi</translation>
        </message>
        <message>
            <source>Fan</source>
            <translation>Quạt</translation>
        </message>
        <message>
            <source>Fan level</source>
            <translation>Cấp fan</translation>
        </message>
        <message>
            <source>Faster than 3 a second can cause seizures and is not offered.</source>
            <translation>Nháy nhanh hơn 3 lần mỗi giây có thể gây co giật nên không được phép.</translation>
        </message>
        <message>
            <source>Fastest</source>
            <translation>Nhanh nhất</translation>
        </message>
        <message>
            <source>Fastest speed</source>
            <translation>Tốc độ cao nhất</translation>
        </message>
        <message>
            <source>Fetching the rules…</source>
            <translation>Đang lấy các quy tắc…</translation>
        </message>
        <message>
            <source>Fewer limits</source>
            <translation>Bớt giới hạn</translation>
        </message>
        <message>
            <source>Fewer settings</source>
            <translation>Bớt cài đặt</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>Số liệu</translation>
        </message>
        <message>
            <source>Fill in a token of Home Assistant, and the entities to use.</source>
            <translation>Hãy điền mã truy cập của Home Assistant và các thực thể cần dùng.</translation>
        </message>
        <message>
            <source>Fill this in.</source>
            <translation>Hãy điền mục này.</translation>
        </message>
        <message>
            <source>Filled in: {ms} {s} length, {percent} {level} {byte} strength, {red} {green} {blue} {hex} colour, {rounds} {rpm} {back} motor, {effect} name.</source>
            <translation>Tự điền: {ms} {s} thời lượng, {percent} {level} {byte} độ mạnh, {red} {green} {blue} {hex} màu, {rounds} {rpm} {back} động cơ, {effect} tên.</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Bộ lọc</translation>
        </message>
        <message>
            <source>Find a command</source>
            <translation>Tìm lệnh</translation>
        </message>
        <message>
            <source>Find out</source>
            <translation>Tự nhận biết</translation>
        </message>
        <message>
            <source>Finger Heart</source>
            <translation>Trái tim ngón tay</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>Đã xong</translation>
        </message>
        <message>
            <source>Fire a pulse</source>
            <translation>Phát một xung</translation>
        </message>
        <message>
            <source>Firing is real: hold for one second.</source>
            <translation>Sẽ bắn thật: hãy giữ một giây.</translation>
        </message>
        <message>
            <source>Firmware {version}</source>
            <translation>Firmware {version}</translation>
        </message>
        <message>
            <source>First generation (topic begins with shellies/)</source>
            <translation>Thế hệ đầu (chủ đề bắt đầu bằng shellies/)</translation>
        </message>
        <message>
            <source>Fix</source>
            <translation>Sửa</translation>
        </message>
        <message>
            <source>Fixed: {what}</source>
            <translation>Đã sửa: {what}</translation>
        </message>
        <message>
            <source>Flash a light</source>
            <translation>Nháy đèn</translation>
        </message>
        <message>
            <source>Flash for followers</source>
            <translation>Nháy đèn chào người theo dõi</translation>
        </message>
        <message>
            <source>Flood</source>
            <translation>Mưa quà</translation>
        </message>
        <message>
            <source>Fog</source>
            <translation>Khói</translation>
        </message>
        <message>
            <source>Fog machine</source>
            <translation>Máy tạo khói</translation>
        </message>
        <message>
            <source>Follower</source>
            <translation>Người theo dõi</translation>
        </message>
        <message>
            <source>Follows</source>
            <translation>Lượt theo dõi</translation>
        </message>
        <message>
            <source>For JSON, such as relay.0.state. Empty: the whole text.</source>
            <translation>Dành cho JSON, ví dụ relay.0.state. Để trống: cả nội dung.</translation>
        </message>
        <message>
            <source>For an address with https:// whose certificate is your own.</source>
            <translation>Cho địa chỉ https:// dùng chứng chỉ do bạn tự tạo.</translation>
        </message>
        <message>
            <source>For boards that switch off by themselves when they hear nothing. Empty: none.</source>
            <translation>Cho mạch tự tắt khi không nghe thấy gì. Để trống: không gửi.</translation>
        </message>
        <message>
            <source>For emergency stops, which open their contact when they are pressed.</source>
            <translation>Dành cho nút dừng khẩn cấp, loại ngắt tiếp điểm khi bấm.</translation>
        </message>
        <message>
            <source>For example 18:30.</source>
            <translation>Ví dụ 18:30.</translation>
        </message>
        <message>
            <source>For example ^spin [0-9]+$. Capital and small letters are the same.</source>
            <translation>Ví dụ ^spin [0-9]+$. Không phân biệt chữ hoa và chữ thường.</translation>
        </message>
        <message>
            <source>For example: {text}</source>
            <translation>Ví dụ: {text}</translation>
        </message>
        <message>
            <source>For good</source>
            <translation>Lâu dài</translation>
        </message>
        <message>
            <source>For relay modules that switch on when the pin is low. Use a pin from A0.</source>
            <translation>Dành cho mô-đun rơ-le đóng khi chân ở mức thấp. Hãy dùng chân từ A0.</translation>
        </message>
        <message>
            <source>For sounds that rules play. 0: none are played.</source>
            <translation>Cho âm thanh do quy tắc phát. 0: không phát.</translation>
        </message>
        <message>
            <source>For texts that rules read aloud. 0: nothing is read.</source>
            <translation>Cho nội dung do quy tắc đọc to. 0: không đọc.</translation>
        </message>
        <message>
            <source>For this computer only</source>
            <translation>Chỉ cho máy tính này</translation>
        </message>
        <message>
            <source>For this long</source>
            <translation>Trong bao lâu</translation>
        </message>
        <message>
            <source>For yourself: what it is for, what you tried.</source>
            <translation>Cho riêng bạn: dùng để làm gì, đã thử gì.</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Xóa</translation>
        </message>
        <message>
            <source>Forget all</source>
            <translation>Bỏ qua tất cả</translation>
        </message>
        <message>
            <source>Forget this gift</source>
            <translation>Bỏ qua quà này</translation>
        </message>
        <message>
            <source>Forget {name}?</source>
            <translation>Xóa {name}?</translation>
        </message>
        <message>
            <source>Formula</source>
            <translation>Công thức</translation>
        </message>
        <message>
            <source>Found. LIVE right now.</source>
            <translation>Đã tìm thấy. Đang LIVE.</translation>
        </message>
        <message>
            <source>Four wires, half steps (28BYJ-48 with ULN2003)</source>
            <translation>Bốn dây, nửa bước (28BYJ-48 với ULN2003)</translation>
        </message>
        <message>
            <source>Four wires, whole steps</source>
            <translation>Bốn dây, bước đủ</translation>
        </message>
        <message>
            <source>Free some disk space. Gifts were still counted and still run.</source>
            <translation>Hãy giải phóng dung lượng đĩa. Quà vẫn được tính và vẫn chạy.</translation>
        </message>
        <message>
            <source>Free some space. Gifts still run, and the history is saved as soon as there is room.</source>
            <translation>Hãy giải phóng dung lượng. Quà vẫn chạy, lịch sử sẽ được lưu ngay khi có chỗ.</translation>
        </message>
        <message>
            <source>Friday</source>
            <translation>Thứ Sáu</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Từ</translation>
        </message>
        <message>
            <source>From the LIVE</source>
            <translation>Từ LIVE</translation>
        </message>
        <message>
            <source>From the same place in OBS.</source>
            <translation>Lấy ở cùng chỗ đó trong OBS.</translation>
        </message>
        <message>
            <source>From {low} to {high}.</source>
            <translation>Từ {low} đến {high}.</translation>
        </message>
        <message>
            <source>Full topic</source>
            <translation>Chủ đề đầy đủ</translation>
        </message>
        <message>
            <source>GIFTS</source>
            <translation>QUÀ</translation>
        </message>
        <message>
            <source>GOOD TO KNOW</source>
            <translation>NÊN BIẾT</translation>
        </message>
        <message>
            <source>GROUPS</source>
            <translation>NHÓM</translation>
        </message>
        <message>
            <source>Gains speed by</source>
            <translation>Tăng tốc</translation>
        </message>
        <message>
            <source>Galaxy</source>
            <translation>Dải ngân hà</translation>
        </message>
        <message>
            <source>Gap</source>
            <translation>Khoảng nghỉ</translation>
        </message>
        <message>
            <source>Generation</source>
            <translation>Thế hệ</translation>
        </message>
        <message>
            <source>Gets hot: short times and long rests.</source>
            <translation>Nóng lên: chạy ngắn và nghỉ lâu.</translation>
        </message>
        <message>
            <source>Gift</source>
            <translation>Quà</translation>
        </message>
        <message>
            <source>Gift name</source>
            <translation>Tên quà</translation>
        </message>
        <message>
            <source>Gift number</source>
            <translation>Mã quà</translation>
        </message>
        <message>
            <source>Gifts</source>
            <translation>Quà</translation>
        </message>
        <message>
            <source>Gifts a minute</source>
            <translation>Quà mỗi phút</translation>
        </message>
        <message>
            <source>Gifts are listened to from here on</source>
            <translation>Từ đây quà bắt đầu được nhận</translation>
        </message>
        <message>
            <source>Gifts are still counted once. Times in the history may look out of order.</source>
            <translation>Mỗi quà vẫn chỉ được tính một lần. Giờ trong lịch sử có thể không theo thứ tự.</translation>
        </message>
        <message>
            <source>Gifts are still counted. Rules start again when you press Resume.</source>
            <translation>Quà vẫn được tính. Quy tắc chạy lại khi bạn bấm Chạy tiếp.</translation>
        </message>
        <message>
            <source>Gifts do not use it yet. Try it by hand once, to see that nothing is in its way.</source>
            <translation>Quà chưa điều khiển được. Hãy tự tay thử một lần để chắc chắn không vướng gì.</translation>
        </message>
        <message>
            <source>Gifts in a combo</source>
            <translation>Số quà trong combo</translation>
        </message>
        <message>
            <source>Gifts may not reach us. Open it to everybody in TikTok to be sure.</source>
            <translation>Quà có thể không đến được đây. Để chắc chắn, hãy mở LIVE cho mọi người trong TikTok.</translation>
        </message>
        <message>
            <source>Gifts per minute</source>
            <translation>Quà mỗi phút</translation>
        </message>
        <message>
            <source>Gifts per minute. The dotted end is the minute that still runs.</source>
            <translation>Số quà mỗi phút. Phần chấm ở cuối là phút đang chạy.</translation>
        </message>
        <message>
            <source>Gifts show here the moment they arrive, with what they set in motion.</source>
            <translation>Quà hiện ở đây ngay khi được tặng, cùng với những gì nó làm chuyển động.</translation>
        </message>
        <message>
            <source>Gifts still run, and the history is saved as soon as the files are free.</source>
            <translation>Quà vẫn chạy, lịch sử sẽ được lưu ngay khi tệp được trả lại.</translation>
        </message>
        <message>
            <source>Gifts still run. Free some space and try again.</source>
            <translation>Quà vẫn chạy. Hãy giải phóng dung lượng rồi thử lại.</translation>
        </message>
        <message>
            <source>Gifts still run. This history is forgotten when you quit.</source>
            <translation>Quà vẫn chạy. Lịch sử này sẽ mất khi bạn thoát.</translation>
        </message>
        <message>
            <source>Gifts still run. Until this is fixed nothing is remembered after you quit.</source>
            <translation>Quà vẫn chạy. Chừng nào chưa khắc phục, mọi thứ sẽ mất khi bạn thoát.</translation>
        </message>
        <message>
            <source>Giftwire board (Bluetooth)</source>
            <translation>Bo mạch Giftwire (Bluetooth)</translation>
        </message>
        <message>
            <source>Giftwire board (USB)</source>
            <translation>Bo mạch Giftwire (USB)</translation>
        </message>
        <message>
            <source>Giftwire cannot write to its folder {folder}.</source>
            <translation>Giftwire không ghi được vào thư mục {folder}.</translation>
        </message>
        <message>
            <source>Giftwire could not start its engine. Restart the computer or reinstall.</source>
            <translation>Giftwire không khởi động được phần chạy nền. Hãy khởi động lại máy hoặc cài lại.</translation>
        </message>
        <message>
            <source>Giftwire goes on here. Choose Quit in this menu to stop everything.</source>
            <translation>Giftwire vẫn chạy ở đây. Chọn Thoát trong menu này để dừng tất cả.</translation>
        </message>
        <message>
            <source>Giftwire itself uses these keys. Choose others.</source>
            <translation>Chính Giftwire đang dùng các phím này. Hãy chọn phím khác.</translation>
        </message>
        <message>
            <source>Giftwire's guardian does not answer. Restart Giftwire, then try again.</source>
            <translation>Phần canh chừng của Giftwire không trả lời. Hãy khởi động lại Giftwire rồi thử lại.</translation>
        </message>
        <message>
            <source>Giftwire's own (nothing to install)</source>
            <translation>Của Giftwire (không cần cài gì)</translation>
        </message>
        <message>
            <source>Giftwire's own broker</source>
            <translation>Máy chủ MQTT của Giftwire</translation>
        </message>
        <message>
            <source>Giftwire's own broker is not running.</source>
            <translation>Máy chủ MQTT của Giftwire đang không chạy.</translation>
        </message>
        <message>
            <source>Give each device a client id of its own in its menu.</source>
            <translation>Hãy đặt client id riêng cho từng thiết bị trong menu của nó.</translation>
        </message>
        <message>
            <source>Give it a name.</source>
            <translation>Hãy đặt tên.</translation>
        </message>
        <message>
            <source>Give rules away</source>
            <translation>Chia sẻ quy tắc</translation>
        </message>
        <message>
            <source>Give rules away…</source>
            <translation>Chia sẻ quy tắc…</translation>
        </message>
        <message>
            <source>Go on: gifts keep running. Make safe: everything stops.</source>
            <translation>Chạy tiếp: quà vẫn có tác dụng. An toàn: mọi thứ dừng lại.</translation>
        </message>
        <message>
            <source>Go to {page}</source>
            <translation>Tới trang {page}</translation>
        </message>
        <message>
            <source>Goals</source>
            <translation>Mục tiêu</translation>
        </message>
        <message>
            <source>Got it</source>
            <translation>Đã hiểu</translation>
        </message>
        <message>
            <source>Grbl board</source>
            <translation>Bo mạch Grbl</translation>
        </message>
        <message>
            <source>Grbl is in the state “{state}” and takes no commands. Clear it on the machine, or switch it off and on.</source>
            <translation>Grbl đang ở trạng thái “{state}” nên không nhận lệnh. Hãy gỡ trạng thái đó trên máy, hoặc tắt rồi bật lại máy.</translation>
        </message>
        <message>
            <source>Group</source>
            <translation>Nhóm</translation>
        </message>
        <message>
            <source>Group without a name</source>
            <translation>Nhóm chưa đặt tên</translation>
        </message>
        <message>
            <source>Group {name}</source>
            <translation>Nhóm {name}</translation>
        </message>
        <message>
            <source>Group {name} deleted</source>
            <translation>Đã xóa nhóm {name}</translation>
        </message>
        <message>
            <source>Group {name} moved</source>
            <translation>Đã chuyển nhóm {name}</translation>
        </message>
        <message>
            <source>Group {name} off</source>
            <translation>Tắt nhóm {name}</translation>
        </message>
        <message>
            <source>Group {name} on</source>
            <translation>Bật nhóm {name}</translation>
        </message>
        <message>
            <source>Group {name} ungrouped</source>
            <translation>Đã bỏ nhóm {name}</translation>
        </message>
        <message>
            <source>Group {name}, {meta}, {unfolded}</source>
            <translation>Nhóm {name}, {meta}, {unfolded}</translation>
        </message>
        <message>
            <source>HELD BACK</source>
            <translation>BỊ GIỮ LẠI</translation>
        </message>
        <message>
            <source>HOME ASSISTANT</source>
            <translation>HOME ASSISTANT</translation>
        </message>
        <message>
            <source>Harmless: it ends by itself after a minute at most.</source>
            <translation>Vô hại: tự dừng sau tối đa một phút.</translation>
        </message>
        <message>
            <source>Has a strength</source>
            <translation>Có mức mạnh yếu</translation>
        </message>
        <message>
            <source>Has not run yet</source>
            <translation>Chưa chạy lần nào</translation>
        </message>
        <message>
            <source>Health</source>
            <translation>Tình trạng</translation>
        </message>
        <message>
            <source>Health and log…</source>
            <translation>Tình trạng và nhật ký…</translation>
        </message>
        <message>
            <source>Heart Me</source>
            <translation>Heart Me</translation>
        </message>
        <message>
            <source>Heart rate</source>
            <translation>Nhịp tim</translation>
        </message>
        <message>
            <source>Held back</source>
            <translation>Bị giữ lại</translation>
        </message>
        <message>
            <source>Held back: {why}.</source>
            <translation>Bị giữ lại: {why}.</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Ẩn</translation>
        </message>
        <message>
            <source>Highest level</source>
            <translation>Mức cao nhất</translation>
        </message>
        <message>
            <source>Highest level of new devices</source>
            <translation>Mức cao nhất của thiết bị mới</translation>
        </message>
        <message>
            <source>Highest speed of new motors</source>
            <translation>Tốc độ cao nhất của động cơ mới</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Lịch sử</translation>
        </message>
        <message>
            <source>Hold a strength from 0 to 100 for some seconds.</source>
            <translation>Giữ một mức từ 0 đến 100 trong vài giây.</translation>
        </message>
        <message>
            <source>Hold for one second to agree</source>
            <translation>Giữ một giây để đồng ý</translation>
        </message>
        <message>
            <source>Hold for one second to resume</source>
            <translation>Giữ một giây để chạy tiếp</translation>
        </message>
        <message>
            <source>Hold to arm</source>
            <translation>Giữ để mở khóa</translation>
        </message>
        <message>
            <source>Hold to fire once</source>
            <translation>Giữ để bắn một phát</translation>
        </message>
        <message>
            <source>Hold to run</source>
            <translation>Giữ để chạy</translation>
        </message>
        <message>
            <source>Home Assistant</source>
            <translation>Home Assistant</translation>
        </message>
        <message>
            <source>Home Assistant does not take this token. Make a new one there: your profile, Security.</source>
            <translation>Home Assistant không nhận mã truy cập này. Hãy tạo mã mới ở đó: trang người dùng của bạn, Bảo mật.</translation>
        </message>
        <message>
            <source>Home Assistant knows no {entity}. Check the name under Settings, Entities there.</source>
            <translation>Home Assistant không có {entity}. Hãy kiểm tra tên trong Cài đặt, Thực thể (Entities) ở đó.</translation>
        </message>
        <message>
            <source>Home Assistant may operate them</source>
            <translation>Cho Home Assistant điều khiển</translation>
        </message>
        <message>
            <source>Hotkey</source>
            <translation>Phím tắt</translation>
        </message>
        <message>
            <source>Hotkeys</source>
            <translation>Phím tắt</translation>
        </message>
        <message>
            <source>How bad</source>
            <translation>Mức độ</translation>
        </message>
        <message>
            <source>How it is connected</source>
            <translation>Cách kết nối</translation>
        </message>
        <message>
            <source>How it logs in</source>
            <translation>Cách đăng nhập</translation>
        </message>
        <message>
            <source>How long the board may take to answer after it is plugged in.</source>
            <translation>Bo mạch được mất bao lâu để trả lời sau khi cắm.</translation>
        </message>
        <message>
            <source>How long the practice device takes to answer.</source>
            <translation>Thiết bị giả lập mất bao lâu để trả lời.</translation>
        </message>
        <message>
            <source>How many</source>
            <translation>Số lượng</translation>
        </message>
        <message>
            <source>How many LEDs the strip has.</source>
            <translation>Dây có bao nhiêu LED.</translation>
        </message>
        <message>
            <source>How many flashes.</source>
            <translation>Nháy bao nhiêu lần.</translation>
        </message>
        <message>
            <source>How many relays the board has.</source>
            <translation>Bo mạch có bao nhiêu rơ-le.</translation>
        </message>
        <message>
            <source>How many rounds, for example coins * count.</source>
            <translation>Bao nhiêu vòng, ví dụ coins * count.</translation>
        </message>
        <message>
            <source>How many runs may wait for their turn; more are left out.</source>
            <translation>Bao nhiêu lần chạy được chờ đến lượt; quá số đó thì bỏ qua.</translation>
        </message>
        <message>
            <source>How many times the rule may run in one stream.</source>
            <translation>Quy tắc được chạy bao nhiêu lần trong một buổi LIVE.</translation>
        </message>
        <message>
            <source>How many times the rule may run within any 60 minutes.</source>
            <translation>Quy tắc được chạy bao nhiêu lần trong 60 phút bất kỳ.</translation>
        </message>
        <message>
            <source>How many watch</source>
            <translation>Số người đang xem</translation>
        </message>
        <message>
            <source>How the motor is connected.</source>
            <translation>Động cơ được nối thế nào.</translation>
        </message>
        <message>
            <source>How to compare</source>
            <translation>Cách so sánh</translation>
        </message>
        <message>
            <source>Humidity</source>
            <translation>Độ ẩm</translation>
        </message>
        <message>
            <source>IN THE GROUP</source>
            <translation>TRONG NHÓM</translation>
        </message>
        <message>
            <source>Ice Cream Cone</source>
            <translation>Kem ốc quế</translation>
        </message>
        <message>
            <source>Id</source>
            <translation>Mã</translation>
        </message>
        <message>
            <source>If</source>
            <translation>Nếu</translation>
        </message>
        <message>
            <source>If and else</source>
            <translation>Nếu và nếu không</translation>
        </message>
        <message>
            <source>If it still runs</source>
            <translation>Nếu lần trước chưa xong</translation>
        </message>
        <message>
            <source>If it works, ignore this. Else check the topic in the device.</source>
            <translation>Nếu vẫn chạy tốt thì bỏ qua. Nếu không, hãy kiểm tra chủ đề trong thiết bị.</translation>
        </message>
        <message>
            <source>If red shows green, choose another one.</source>
            <translation>Nếu màu đỏ hiện thành màu lục, hãy chọn thứ tự khác.</translation>
        </message>
        <message>
            <source>If the device is busy</source>
            <translation>Nếu thiết bị đang bận</translation>
        </message>
        <message>
            <source>If the window closes unexpectedly</source>
            <translation>Nếu cửa sổ đột ngột đóng</translation>
        </message>
        <message>
            <source>If you know the device: switch encryption off in its menu.</source>
            <translation>Nếu bạn biết thiết bị này: hãy tắt mã hóa trong menu của nó.</translation>
        </message>
        <message>
            <source>In Home Assistant: your profile, Security, Long-lived access tokens.</source>
            <translation>Trong Home Assistant: trang người dùng của bạn, Bảo mật, Mã truy cập dài hạn.</translation>
        </message>
        <message>
            <source>In OBS: Tools, WebSocket Server Settings, Show Connect Info.</source>
            <translation>Trong OBS: Công cụ, Cài đặt máy chủ WebSocket, Hiện thông tin kết nối.</translation>
        </message>
        <message>
            <source>In OBS: Tools, WebSocket Server Settings.</source>
            <translation>Trong OBS: Công cụ, Cài đặt máy chủ WebSocket.</translation>
        </message>
        <message>
            <source>In OBS: Tools, WebSocket Server Settings. Usually 4455. 0: not used.</source>
            <translation>Trong OBS: Công cụ, Cài đặt máy chủ WebSocket. Thường là 4455. 0: không dùng.</translation>
        </message>
        <message>
            <source>In its sketch, in place of ThingsBoard's server and token.</source>
            <translation>Trong chương trình của nó, thay cho máy chủ và token ThingsBoard.</translation>
        </message>
        <message>
            <source>In line</source>
            <translation>Đang xếp hàng</translation>
        </message>
        <message>
            <source>In order: d brightness, r g b w colours, p pan, t tilt, f fog, o on and off, a number for what stays the same. Such as: d r g b 0 0</source>
            <translation>Theo thứ tự: d độ sáng, r g b w các màu, p xoay, t nghiêng, f khói, o bật tắt, một con số cho kênh giữ nguyên. Ví dụ: d r g b 0 0</translation>
        </message>
        <message>
            <source>In rounds a minute for each second. 0: at once.</source>
            <translation>Số vòng/phút tăng thêm mỗi giây. 0: đạt tốc độ ngay.</translation>
        </message>
        <message>
            <source>In rules</source>
            <translation>Trong quy tắc</translation>
        </message>
        <message>
            <source>In that program's settings for MQTT.</source>
            <translation>Trong cài đặt MQTT của chương trình đó.</translation>
        </message>
        <message>
            <source>In the device's YAML, below “mqtt:”.</source>
            <translation>Trong YAML của thiết bị, dưới “mqtt:”.</translation>
        </message>
        <message>
            <source>In the device's own settings for MQTT.</source>
            <translation>Trong cài đặt MQTT của thiết bị.</translation>
        </message>
        <message>
            <source>In the group</source>
            <translation>Trong nhóm</translation>
        </message>
        <message>
            <source>In “{rule}”: {text}</source>
            <translation>Trong quy tắc “{rule}”: {text}</translation>
        </message>
        <message>
            <source>In: {rules}</source>
            <translation>Trong: {rules}</translation>
        </message>
        <message>
            <source>Input of a STOP button</source>
            <translation>Đầu vào của nút DỪNG</translation>
        </message>
        <message>
            <source>Intiface closed the connection. Start its server; we connect by ourselves.</source>
            <translation>Intiface đã ngắt kết nối. Hãy bật máy chủ của nó; ứng dụng sẽ tự kết nối.</translation>
        </message>
        <message>
            <source>Intiface does not answer. Start Intiface Central and its server.</source>
            <translation>Intiface không trả lời. Hãy mở Intiface Central và bật máy chủ của nó.</translation>
        </message>
        <message>
            <source>Intiface knows no toy that is on. Switch the toy on and start scanning in Intiface.</source>
            <translation>Intiface chưa thấy món đồ chơi nào đang bật. Hãy bật đồ chơi và bấm quét trong Intiface.</translation>
        </message>
        <message>
            <source>It</source>
            <translation>Nó</translation>
        </message>
        <message>
            <source>It answers</source>
            <translation>Có trả lời</translation>
        </message>
        <message>
            <source>It answers.</source>
            <translation>Thiết bị có trả lời.</translation>
        </message>
        <message>
            <source>It answers: {where}.</source>
            <translation>Thiết bị có trả lời: {where}.</translation>
        </message>
        <message>
            <source>It can hurt, so it stays off until you have read and agreed.</source>
            <translation>Thiết bị có thể gây đau nên vẫn tắt cho đến khi bạn đọc và đồng ý.</translation>
        </message>
        <message>
            <source>It can hurt. Arm it when everybody is ready. It is off until then.</source>
            <translation>Có thể gây đau. Chỉ mở khóa khi mọi người đã sẵn sàng; trước đó thiết bị tắt.</translation>
        </message>
        <message>
            <source>It can hurt. Nothing of it runs until you have read and typed that you know.</source>
            <translation>Thiết bị có thể gây đau. Nó không chạy gì cho đến khi bạn đọc và gõ lời xác nhận.</translation>
        </message>
        <message>
            <source>It can hurt. Whoever wears it must agree, every time.</source>
            <translation>Có thể gây đau. Người đeo phải đồng ý mỗi lần.</translation>
        </message>
        <message>
            <source>It cannot be checked right now. You may still listen to this name.</source>
            <translation>Hiện chưa kiểm tra được. Bạn vẫn có thể kết nối với tên này.</translation>
        </message>
        <message>
            <source>It confirms after {n} ms.</source>
            <translation>Xác nhận sau {n} ms.</translation>
        </message>
        <message>
            <source>It decides how long it may be on. If you are not sure, leave it.</source>
            <translation>Quyết định được bật bao lâu. Nếu không chắc, hãy để nguyên.</translation>
        </message>
        <message>
            <source>It decides what rules can ask of it.</source>
            <translation>Quyết định quy tắc có thể yêu cầu gì ở nó.</translation>
        </message>
        <message>
            <source>It decides what your rules can do with it.</source>
            <translation>Quyết định quy tắc của bạn làm được gì với nó.</translation>
        </message>
        <message>
            <source>It did not confirm that it stopped. Check it yourself.</source>
            <translation>Thiết bị chưa xác nhận là đã dừng. Hãy tự kiểm tra.</translation>
        </message>
        <message>
            <source>It did not run: {why}.</source>
            <translation>Không chạy: {why}.</translation>
        </message>
        <message>
            <source>It does not answer.</source>
            <translation>Thiết bị không trả lời.</translation>
        </message>
        <message>
            <source>It does not let us in. Check the user, the password or the key in the device's settings.</source>
            <translation>Thiết bị không cho ứng dụng vào. Hãy kiểm tra tài khoản, mật khẩu hoặc khóa trong cài đặt của thiết bị.</translation>
        </message>
        <message>
            <source>It ends after this long at the latest; the device may end it sooner.</source>
            <translation>Chậm nhất sau chừng này sẽ dừng; thiết bị có thể dừng sớm hơn.</translation>
        </message>
        <message>
            <source>It ends by itself</source>
            <translation>Nó tự dừng</translation>
        </message>
        <message>
            <source>It gets hot. Arm it when you can watch it. It is off until then.</source>
            <translation>Thiết bị sẽ nóng. Chỉ mở khóa khi bạn trông được nó; trước đó thiết bị tắt.</translation>
        </message>
        <message>
            <source>It gets hot. Keep it away from what burns.</source>
            <translation>Thiết bị nóng lên. Để xa vật dễ cháy.</translation>
        </message>
        <message>
            <source>It goes on for longer than is shown here.</source>
            <translation>Lần chạy còn kéo dài hơn phần hiển thị ở đây.</translation>
        </message>
        <message>
            <source>It has: {outputs}</source>
            <translation>Thiết bị có: {outputs}</translation>
        </message>
        <message>
            <source>It is cut off at once and cannot log in any more.</source>
            <translation>Nó bị ngắt ngay và không đăng nhập được nữa.</translation>
        </message>
        <message>
            <source>It is kept in the rule file. Fix it there, or delete it.</source>
            <translation>Quy tắc này vẫn được giữ trong tệp quy tắc. Hãy sửa nó ở đó hoặc xóa đi.</translation>
        </message>
        <message>
            <source>It is left untouched and changes are not saved. Install the newer version.</source>
            <translation>Tệp được giữ nguyên và thay đổi không được lưu. Hãy cài bản mới hơn.</translation>
        </message>
        <message>
            <source>It is left untouched. Install the newer version to see it and to go on with it.</source>
            <translation>Tệp được giữ nguyên. Hãy cài bản mới hơn để xem và dùng tiếp.</translation>
        </message>
        <message>
            <source>It is not armed. Arm it on its card first.</source>
            <translation>Thiết bị đang khóa. Hãy mở khóa trên thẻ của nó trước.</translation>
        </message>
        <message>
            <source>It is not said which broker the device is at. Fill in the address of the broker.</source>
            <translation>Chưa biết thiết bị ở máy chủ MQTT nào. Hãy điền địa chỉ máy chủ MQTT.</translation>
        </message>
        <message>
            <source>It is off. You switch it on in the next step.</source>
            <translation>Nó đang tắt. Bạn sẽ bật nó ở bước sau.</translation>
        </message>
        <message>
            <source>It is stopped and removed from Giftwire. You can add it again at any time.</source>
            <translation>Thiết bị sẽ dừng và bị xóa khỏi Giftwire. Bạn có thể thêm lại bất cứ lúc nào.</translation>
        </message>
        <message>
            <source>It may switch mains voltage. Use a relay made for it.</source>
            <translation>Có thể đóng cắt điện lưới. Hãy dùng rơ-le đúng loại.</translation>
        </message>
        <message>
            <source>It moves on the screen only. You can choose a real one later.</source>
            <translation>Chỉ chạy trên màn hình. Bạn có thể chọn thiết bị thật sau.</translation>
        </message>
        <message>
            <source>It moves. Keep fingers, hair and cables away.</source>
            <translation>Thiết bị chuyển động. Giữ tay, tóc và dây cáp ở xa.</translation>
        </message>
        <message>
            <source>It must go back by this many before it counts again.</source>
            <translation>Phải lùi lại chừng này thì mới tính lần nữa.</translation>
        </message>
        <message>
            <source>It must go back by this much before it counts again.</source>
            <translation>Phải lùi lại chừng này thì mới tính lần nữa.</translation>
        </message>
        <message>
            <source>It must rest now</source>
            <translation>Bây giờ phải nghỉ</translation>
        </message>
        <message>
            <source>It ran.</source>
            <translation>Đã chạy.</translation>
        </message>
        <message>
            <source>It runs, marked as a test.</source>
            <translation>Đang chạy, được đánh dấu là thử.</translation>
        </message>
        <message>
            <source>It starts again by itself.</source>
            <translation>Nó tự khởi động lại.</translation>
        </message>
        <message>
            <source>It stays where it was moved to.</source>
            <translation>Nó đứng yên ở vị trí vừa quay tới.</translation>
        </message>
        <message>
            <source>It touches a body. Whoever wears it must agree.</source>
            <translation>Thiết bị chạm vào cơ thể. Người đeo phải đồng ý.</translation>
        </message>
        <message>
            <source>It uses “{role}”, which the pack does not ask for.</source>
            <translation>Có dùng “{role}” mà gói không khai báo.</translation>
        </message>
        <message>
            <source>It was kept as {file}, and a new history began. Gifts are not affected.</source>
            <translation>Tệp cũ được giữ lại với tên {file}, lịch sử mới đã bắt đầu. Quà không bị ảnh hưởng.</translation>
        </message>
        <message>
            <source>It would call {host} in your own network, which a pack may not.</source>
            <translation>Gói muốn gọi {host} trong mạng riêng của bạn, điều này không được phép.</translation>
        </message>
        <message>
            <source>It would need channel {end}; the last one is 512. Choose a lower address.</source>
            <translation>Đèn sẽ cần đến kênh {end}, mà kênh cuối là 512. Hãy chọn địa chỉ nhỏ hơn.</translation>
        </message>
        <message>
            <source>It would not run: {why}.</source>
            <translation>Sẽ không chạy: {why}.</translation>
        </message>
        <message>
            <source>It would run, and nothing would be sent.</source>
            <translation>Sẽ chạy nhưng không gửi gì.</translation>
        </message>
        <message>
            <source>It would run, but a part of it would not get through.</source>
            <translation>Quy tắc sẽ chạy, nhưng một phần sẽ không đến nơi.</translation>
        </message>
        <message>
            <source>It would run. Nothing was sent.</source>
            <translation>Sẽ chạy. Chưa gửi gì cả.</translation>
        </message>
        <message>
            <source>Its MQTT prefix, such as shellyplus1-a8032ab12345.</source>
            <translation>Tiền tố MQTT của thiết bị, ví dụ shellyplus1-a8032ab12345.</translation>
        </message>
        <message>
            <source>Its RF id, as OpenShock's page shows it.</source>
            <translation>Mã RF của nó như trên trang OpenShock.</translation>
        </message>
        <message>
            <source>Its address as your computer shows it, or its name.</source>
            <translation>Địa chỉ mà máy tính hiển thị, hoặc tên của thiết bị.</translation>
        </message>
        <message>
            <source>Its channels</source>
            <translation>Các kênh của đèn</translation>
        </message>
        <message>
            <source>Its conditions and limits hold; what starts it does not matter.</source>
            <translation>Điều kiện và giới hạn của nó vẫn có hiệu lực; không xét điều kích hoạt.</translation>
        </message>
        <message>
            <source>Its first effect</source>
            <translation>Hiệu ứng đầu tiên của nó</translation>
        </message>
        <message>
            <source>Its first value</source>
            <translation>Giá trị ban đầu</translation>
        </message>
        <message>
            <source>Its gifts are marked as a replay and are not counted.</source>
            <translation>Quà trong đó được đánh dấu là phát lại và không được tính.</translation>
        </message>
        <message>
            <source>Its group is off</source>
            <translation>Nhóm của quy tắc đang tắt</translation>
        </message>
        <message>
            <source>Its limits show when it was connected once.</source>
            <translation>Giới hạn sẽ hiện sau khi thiết bị kết nối lần đầu.</translation>
        </message>
        <message>
            <source>Its manual says which of them it understands.</source>
            <translation>Xem hướng dẫn của thiết bị để biết nó hiểu cách nào.</translation>
        </message>
        <message>
            <source>Its name or number in your network, such as 192.168.1.50.</source>
            <translation>Tên hoặc địa chỉ của nó trong mạng, ví dụ 192.168.1.50.</translation>
        </message>
        <message>
            <source>Its name, limits and rules stay.</source>
            <translation>Tên, giới hạn và quy tắc vẫn giữ nguyên.</translation>
        </message>
        <message>
            <source>Its number in WLED. 0 goes back to whatever was on before.</source>
            <translation>Số của nó trong WLED. 0 là trở về những gì đang bật trước đó.</translation>
        </message>
        <message>
            <source>Its own topic</source>
            <translation>Chủ đề riêng của nó</translation>
        </message>
        <message>
            <source>Its password is known already.</source>
            <translation>Ứng dụng đã có mật khẩu của nó.</translation>
        </message>
        <message>
            <source>Its rule is in the profile “{profile}”. Switch there to pay it.</source>
            <translation>Quy tắc nằm trong bộ quy tắc “{profile}”. Chuyển sang đó để trả.</translation>
        </message>
        <message>
            <source>Its rules go with it. The file is kept among the backups.</source>
            <translation>Các quy tắc trong đó cũng bị xóa. Tệp vẫn được giữ trong bản sao lưu.</translation>
        </message>
        <message>
            <source>JSON that brings it to rest; it must always work.</source>
            <translation>JSON đưa thiết bị về trạng thái nghỉ; phải luôn có tác dụng.</translation>
        </message>
        <message>
            <source>JSON. Filled in: {ms} {s} length, {percent} {level} {byte} strength, {red} {green} {blue} {hex} colour, {rounds} {rpm} {back} motor, {effect} name.</source>
            <translation>JSON. Tự điền: {ms} {s} thời lượng, {percent} {level} {byte} độ mạnh, {red} {green} {blue} {hex} màu, {rounds} {rpm} {back} động cơ, {effect} tên.</translation>
        </message>
        <message>
            <source>Joins</source>
            <translation>Lượt vào xem</translation>
        </message>
        <message>
            <source>Joins are grouped every 10 s</source>
            <translation>Lượt vào xem được gộp mỗi 10 giây</translation>
        </message>
        <message>
            <source>Just this step</source>
            <translation>Chỉ bước này</translation>
        </message>
        <message>
            <source>Just this step: {step}</source>
            <translation>Chỉ bước này: {step}</translation>
        </message>
        <message>
            <source>KEYS</source>
            <translation>PHÍM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Lưu</translation>
        </message>
        <message>
            <source>Keep as owed</source>
            <translation>Ghi nợ trong</translation>
        </message>
        <message>
            <source>Keep at the broker</source>
            <translation>Giữ lại ở máy chủ MQTT</translation>
        </message>
        <message>
            <source>Keep for good</source>
            <translation>Giữ lâu dài</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>Giữ lại</translation>
        </message>
        <message>
            <source>Keep it for good</source>
            <translation>Giữ lâu dài</translation>
        </message>
        <message>
            <source>Keep it on</source>
            <translation>Để bật</translation>
        </message>
        <message>
            <source>Keep recordings for</source>
            <translation>Giữ bản ghi trong</translation>
        </message>
        <message>
            <source>Keep running in the tray</source>
            <translation>Chạy tiếp trong khay hệ thống</translation>
        </message>
        <message>
            <source>Keep running when the window is closed</source>
            <translation>Vẫn chạy khi đóng cửa sổ</translation>
        </message>
        <message>
            <source>Keep several steps together, one after the other.</source>
            <translation>Gom nhiều bước lại, làm lần lượt.</translation>
        </message>
        <message>
            <source>Keep the history for</source>
            <translation>Giữ lịch sử trong</translation>
        </message>
        <message>
            <source>Kept</source>
            <translation>Giữ đến</translation>
        </message>
        <message>
            <source>Kept in the file, does not run</source>
            <translation>Vẫn giữ trong tệp, không chạy</translation>
        </message>
        <message>
            <source>Kept with your other passwords, never in a file.</source>
            <translation>Được cất cùng các mật khẩu khác của bạn, không bao giờ ghi ra tệp.</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Phím</translation>
        </message>
        <message>
            <source>Keys are kept until you quit, and are never written to a file.</source>
            <translation>Khóa được giữ tới khi bạn thoát và không bao giờ ghi ra tệp.</translation>
        </message>
        <message>
            <source>Keys for STOP ALL</source>
            <translation>Phím cho DỪNG HẾT</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Loại</translation>
        </message>
        <message>
            <source>Kind of event</source>
            <translation>Loại sự kiện</translation>
        </message>
        <message>
            <source>Kind of lamp</source>
            <translation>Loại đèn</translation>
        </message>
        <message>
            <source>Kind of strip</source>
            <translation>Loại dây đèn</translation>
        </message>
        <message>
            <source>LCUS (A0 01 01 A2)</source>
            <translation>LCUS (A0 01 01 A2)</translation>
        </message>
        <message>
            <source>LCUS that tells its state when asked (FF)</source>
            <translation>LCUS báo trạng thái khi được hỏi (FF)</translation>
        </message>
        <message>
            <source>LED strip on USB</source>
            <translation>Dây LED qua USB</translation>
        </message>
        <message>
            <source>LEDs</source>
            <translation>Số LED</translation>
        </message>
        <message>
            <source>LIMITS</source>
            <translation>GIỚI HẠN</translation>
        </message>
        <message>
            <source>LIVE</source>
            <translation>LIVE</translation>
        </message>
        <message>
            <source>LIVE · {viewers}</source>
            <translation>LIVE · {viewers}</translation>
        </message>
        <message>
            <source>LOOK AND LANGUAGE</source>
            <translation>GIAO DIỆN VÀ NGÔN NGỮ</translation>
        </message>
        <message>
            <source>Lamp</source>
            <translation>Đèn</translation>
        </message>
        <message>
            <source>Lamps</source>
            <translation>Các đèn</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Ngôn ngữ</translation>
        </message>
        <message>
            <source>Larger ones too</source>
            <translation>Cả quà lớn hơn</translation>
        </message>
        <message>
            <source>Largest number</source>
            <translation>Số lớn nhất</translation>
        </message>
        <message>
            <source>Last 10 minutes</source>
            <translation>10 phút gần nhất</translation>
        </message>
        <message>
            <source>Last hour</source>
            <translation>1 giờ gần nhất</translation>
        </message>
        <message>
            <source>Lasts</source>
            <translation>Giữ đến</translation>
        </message>
        <message>
            <source>Leaderboard</source>
            <translation>Bảng xếp hạng</translation>
        </message>
        <message>
            <source>Leave it if OBS runs on this computer.</source>
            <translation>Nếu OBS chạy trên máy này thì để nguyên.</translation>
        </message>
        <message>
            <source>Leave it off</source>
            <translation>Cứ để tắt</translation>
        </message>
        <message>
            <source>Leave it, unless the strip stays dark.</source>
            <translation>Hãy giữ nguyên, trừ khi dây đèn không sáng.</translation>
        </message>
        <message>
            <source>Leave it, unless you changed it in Home Assistant.</source>
            <translation>Giữ nguyên, trừ khi bạn đã đổi trong Home Assistant.</translation>
        </message>
        <message>
            <source>Leave it, unless you changed it in the device.</source>
            <translation>Giữ nguyên, trừ khi bạn đã đổi trong thiết bị.</translation>
        </message>
        <message>
            <source>Leave it, unless you changed it there.</source>
            <translation>Giữ nguyên, trừ khi bạn đã đổi ở đó.</translation>
        </message>
        <message>
            <source>Leave viewer names out of recordings</source>
            <translation>Không lưu tên người xem trong bản ghi</translation>
        </message>
        <message>
            <source>Left and Right go through the stream, Home and End to its ends.</source>
            <translation>Phím Trái và Phải đi dọc buổi LIVE, Home và End đến hai đầu.</translation>
        </message>
        <message>
            <source>Length in seconds</source>
            <translation>Thời lượng (giây)</translation>
        </message>
        <message>
            <source>Less motion</source>
            <translation>Giảm chuyển động</translation>
        </message>
        <message>
            <source>Let another program in</source>
            <translation>Cho chương trình khác vào</translation>
        </message>
        <message>
            <source>Let another program in…</source>
            <translation>Cho chương trình khác vào…</translation>
        </message>
        <message>
            <source>Let gifts use it</source>
            <translation>Cho quà điều khiển</translation>
        </message>
        <message>
            <source>Let it in</source>
            <translation>Cho vào</translation>
        </message>
        <message>
            <source>Let some time pass before the next step.</source>
            <translation>Chờ một lúc trước bước tiếp theo.</translation>
        </message>
        <message>
            <source>Let the computer say something, such as who sent the gift.</source>
            <translation>Để máy đọc một câu, ví dụ ai đã tặng quà.</translation>
        </message>
        <message>
            <source>Lets the motor rest without current. Empty if it has none.</source>
            <translation>Cho động cơ nghỉ mà không có dòng điện. Để trống nếu không có.</translation>
        </message>
        <message>
            <source>Letters and digits, for example spin. Programs on this computer call it.</source>
            <translation>Chữ và số, ví dụ spin. Chương trình trên máy này gọi bằng tên đó.</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>Mức</translation>
        </message>
        <message>
            <source>Level at least</source>
            <translation>Cấp ít nhất</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Đèn</translation>
        </message>
        <message>
            <source>Light mode</source>
            <translation>Sáng</translation>
        </message>
        <message>
            <source>Light up in a colour for some seconds.</source>
            <translation>Sáng đèn một màu trong vài giây.</translation>
        </message>
        <message>
            <source>Lights afterwards</source>
            <translation>Đèn sau khi xong</translation>
        </message>
        <message>
            <source>Lights, plugs, fans and scripts of a Home Assistant in your network.</source>
            <translation>Đèn, ổ cắm, quạt và kịch bản của Home Assistant trong mạng của bạn.</translation>
        </message>
        <message>
            <source>Like the real thing</source>
            <translation>Chạy như thật</translation>
        </message>
        <message>
            <source>Likes</source>
            <translation>Lượt thích</translation>
        </message>
        <message>
            <source>Likes are grouped every 10 s</source>
            <translation>Lượt thích được gộp mỗi 10 giây</translation>
        </message>
        <message>
            <source>Likes just now</source>
            <translation>Lượt thích vừa rồi</translation>
        </message>
        <message>
            <source>Likes reached</source>
            <translation>Đạt số lượt thích</translation>
        </message>
        <message>
            <source>Likes so far</source>
            <translation>Tổng lượt thích</translation>
        </message>
        <message>
            <source>Likes, joins, comments and the viewer count are kept only where a rule did something.</source>
            <translation>Lượt thích, lượt vào xem, bình luận và số người xem chỉ được giữ khi có quy tắc xử lý.</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>Giới hạn</translation>
        </message>
        <message>
            <source>Limits…</source>
            <translation>Giới hạn…</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>Ngưỡng</translation>
        </message>
        <message>
            <source>Linh</source>
            <translation>Linh</translation>
        </message>
        <message>
            <source>Linux keeps this USB device from you. Copy 70-giftwire-usb-relay.rules, which came with Giftwire, to /etc/udev/rules.d and plug the device in again.</source>
            <translation>Linux không cho bạn dùng thiết bị USB này. Hãy chép tệp 70-giftwire-usb-relay.rules đi kèm Giftwire vào /etc/udev/rules.d rồi cắm lại thiết bị.</translation>
        </message>
        <message>
            <source>Lion</source>
            <translation>Sư tử</translation>
        </message>
        <message>
            <source>List</source>
            <translation>Danh sách</translation>
        </message>
        <message>
            <source>Listen</source>
            <translation>Kết nối</translation>
        </message>
        <message>
            <source>Listening to @{user}.</source>
            <translation>Đang nhận quà từ @{user}.</translation>
        </message>
        <message>
            <source>Lit</source>
            <translation>Đang sáng</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Trực tiếp</translation>
        </message>
        <message>
            <source>Live for {time}</source>
            <translation>Đang LIVE {time}</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Nhật ký</translation>
        </message>
        <message>
            <source>Longest on</source>
            <translation>Bật lâu nhất</translation>
        </message>
        <message>
            <source>Longest on, in seconds</source>
            <translation>Bật lâu nhất (giây)</translation>
        </message>
        <message>
            <source>Longest run</source>
            <translation>Chạy lâu nhất</translation>
        </message>
        <message>
            <source>Longest time new devices stay on</source>
            <translation>Thời gian bật lâu nhất của thiết bị mới</translation>
        </message>
        <message>
            <source>Longest wait</source>
            <translation>Chờ lâu nhất</translation>
        </message>
        <message>
            <source>Longest wait, in seconds</source>
            <translation>Chờ lâu nhất (giây)</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Xem</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Tìm lại</translation>
        </message>
        <message>
            <source>Look at it, and pull its plug if something still runs.</source>
            <translation>Hãy kiểm tra thiết bị, rút điện nếu còn gì đang chạy.</translation>
        </message>
        <message>
            <source>Look for a newer Giftwire or firmware.</source>
            <translation>Hãy tìm bản Giftwire hoặc firmware mới hơn.</translation>
        </message>
        <message>
            <source>Look inside</source>
            <translation>Xem bên trong</translation>
        </message>
        <message>
            <source>Look inside: {name}</source>
            <translation>Xem bên trong: {name}</translation>
        </message>
        <message>
            <source>Look whether OBS runs. Giftwire connects again by itself.</source>
            <translation>Hãy xem OBS có đang chạy không. Giftwire sẽ tự kết nối lại.</translation>
        </message>
        <message>
            <source>Look whether the broker runs. Giftwire connects again by itself.</source>
            <translation>Hãy xem máy chủ có đang chạy không. Giftwire sẽ tự kết nối lại.</translation>
        </message>
        <message>
            <source>Look, language, and whose LIVE</source>
            <translation>Giao diện, ngôn ngữ và buổi LIVE của ai</translation>
        </message>
        <message>
            <source>Looking for past gifts…</source>
            <translation>Đang tìm các món quà cũ…</translation>
        </message>
        <message>
            <source>Looking for past streams…</source>
            <translation>Đang tìm các buổi LIVE trước…</translation>
        </message>
        <message>
            <source>Looking for recordings…</source>
            <translation>Đang tìm các bản ghi…</translation>
        </message>
        <message>
            <source>Looking for your rules…</source>
            <translation>Đang tìm quy tắc của bạn…</translation>
        </message>
        <message>
            <source>Looking it up…</source>
            <translation>Đang tra cứu…</translation>
        </message>
        <message>
            <source>Looking…</source>
            <translation>Đang tìm…</translation>
        </message>
        <message>
            <source>Loudness of sounds</source>
            <translation>Âm lượng âm thanh</translation>
        </message>
        <message>
            <source>Loudness of speech</source>
            <translation>Âm lượng giọng đọc</translation>
        </message>
        <message>
            <source>MORE</source>
            <translation>KHÁC</translation>
        </message>
        <message>
            <source>MOST USED</source>
            <translation>HAY DÙNG</translation>
        </message>
        <message>
            <source>MQTT</source>
            <translation>MQTT</translation>
        </message>
        <message>
            <source>MQTT broker</source>
            <translation>Máy chủ MQTT</translation>
        </message>
        <message>
            <source>MQTT is not set up, so this does nothing. Enter your broker in Settings.</source>
            <translation>Chưa thiết lập MQTT nên mục này không làm gì. Hãy nhập máy chủ MQTT trong Cài đặt.</translation>
        </message>
        <message>
            <source>MQTT message</source>
            <translation>Tin MQTT</translation>
        </message>
        <message>
            <source>MQTT messages</source>
            <translation>tin MQTT</translation>
        </message>
        <message>
            <source>Machine</source>
            <translation>Loại máy</translation>
        </message>
        <message>
            <source>Made up</source>
            <translation>Dựng sẵn</translation>
        </message>
        <message>
            <source>Mains power: short times, so that nothing burns or floods.</source>
            <translation>Điện lưới: chạy ngắn để không cháy, không tràn nước.</translation>
        </message>
        <message>
            <source>Make a picture, a video or a text in OBS appear or vanish.</source>
            <translation>Cho hình, video hay chữ trong OBS hiện ra hoặc ẩn đi.</translation>
        </message>
        <message>
            <source>Make a rule</source>
            <translation>Tạo quy tắc</translation>
        </message>
        <message>
            <source>Make a rule for {gift}</source>
            <translation>Tạo quy tắc cho {gift}</translation>
        </message>
        <message>
            <source>Makes all text larger.</source>
            <translation>Làm mọi chữ lớn hơn.</translation>
        </message>
        <message>
            <source>Margin</source>
            <translation>Độ trễ</translation>
        </message>
        <message>
            <source>Marlin board</source>
            <translation>Bo mạch Marlin</translation>
        </message>
        <message>
            <source>May be empty only for what cannot hurt.</source>
            <translation>Chỉ được để trống với thứ không thể gây hại.</translation>
        </message>
        <message>
            <source>May look for its end switches</source>
            <translation>Được tìm công tắc hành trình</translation>
        </message>
        <message>
            <source>May stay empty</source>
            <translation>Có thể để trống</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Đo</translation>
        </message>
        <message>
            <source>Measured value</source>
            <translation>Số đo</translation>
        </message>
        <message>
            <source>Measured values</source>
            <translation>Giá trị đo</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Nội dung</translation>
        </message>
        <message>
            <source>Method</source>
            <translation>Phương thức</translation>
        </message>
        <message>
            <source>Millimetres a round</source>
            <translation>Số milimét mỗi vòng</translation>
        </message>
        <message>
            <source>Missing</source>
            <translation>Không có</translation>
        </message>
        <message>
            <source>Modbus relay board</source>
            <translation>Bo rơ-le Modbus</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Kiểu máy</translation>
        </message>
        <message>
            <source>Moderator</source>
            <translation>Người kiểm duyệt</translation>
        </message>
        <message>
            <source>Monday</source>
            <translation>Thứ Hai</translation>
        </message>
        <message>
            <source>Months</source>
            <translation>Số tháng</translation>
        </message>
        <message>
            <source>Months at least</source>
            <translation>Ít nhất bao nhiêu tháng</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Thêm</translation>
        </message>
        <message>
            <source>More for {name}</source>
            <translation>Tùy chọn cho {name}</translation>
        </message>
        <message>
            <source>More for {part}</source>
            <translation>Thêm cho {part}</translation>
        </message>
        <message>
            <source>More limits</source>
            <translation>Thêm giới hạn</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>Thêm cài đặt</translation>
        </message>
        <message>
            <source>Most flashes a second</source>
            <translation>Số lần nháy tối đa mỗi giây</translation>
        </message>
        <message>
            <source>Most rounds at once</source>
            <translation>Số vòng tối đa mỗi lần</translation>
        </message>
        <message>
            <source>Most time on a day</source>
            <translation>Thời gian chạy tối đa mỗi ngày</translation>
        </message>
        <message>
            <source>Most waiting</source>
            <translation>Chờ tối đa</translation>
        </message>
        <message>
            <source>Mostly 1883, or 8883 with encryption.</source>
            <translation>Thường là 1883, hoặc 8883 nếu có mã hóa.</translation>
        </message>
        <message>
            <source>Mostly offline.</source>
            <translation>Thường là offline.</translation>
        </message>
        <message>
            <source>Mostly online.</source>
            <translation>Thường là online.</translation>
        </message>
        <message>
            <source>Motor</source>
            <translation>Động cơ</translation>
        </message>
        <message>
            <source>Motors</source>
            <translation>Các động cơ</translation>
        </message>
        <message>
            <source>Motors on a CNC shield or another board with Grbl 1.1.</source>
            <translation>Động cơ trên CNC shield hoặc bo mạch khác dùng Grbl 1.1.</translation>
        </message>
        <message>
            <source>Motors on the board of a 3D printer, with Marlin.</source>
            <translation>Động cơ trên bo mạch máy in 3D dùng Marlin.</translation>
        </message>
        <message>
            <source>Move a servo</source>
            <translation>Quay servo</translation>
        </message>
        <message>
            <source>Move a servo to a position for some seconds, then back to rest.</source>
            <translation>Đưa servo tới một vị trí trong vài giây, rồi về chỗ cũ.</translation>
        </message>
        <message>
            <source>Move down</source>
            <translation>Chuyển xuống</translation>
        </message>
        <message>
            <source>Move into the group above</source>
            <translation>Đưa vào nhóm phía trên</translation>
        </message>
        <message>
            <source>Move out of the group</source>
            <translation>Đưa ra khỏi nhóm</translation>
        </message>
        <message>
            <source>Move to a position</source>
            <translation>Đưa tới vị trí</translation>
        </message>
        <message>
            <source>Move to group</source>
            <translation>Chuyển vào nhóm</translation>
        </message>
        <message>
            <source>Move up</source>
            <translation>Chuyển lên</translation>
        </message>
        <message>
            <source>Moved</source>
            <translation>Đã dịch chuyển</translation>
        </message>
        <message>
            <source>Moves on the screen only. Try your rules before you wire anything.</source>
            <translation>Chỉ chuyển động trên màn hình. Thử quy tắc trước khi đấu dây.</translation>
        </message>
        <message>
            <source>Moves: fingers and hair stay away, and it ends by itself.</source>
            <translation>Chuyển động: giữ tay và tóc tránh xa, và nó tự dừng.</translation>
        </message>
        <message>
            <source>Moving head: pan, tilt, brightness, red, green, blue</source>
            <translation>Đèn moving head: xoay, nghiêng, độ sáng, đỏ, lục, lam</translation>
        </message>
        <message>
            <source>Moving things in the window stand still.</source>
            <translation>Những thứ chuyển động trong cửa sổ sẽ đứng yên.</translation>
        </message>
        <message>
            <source>My home network</source>
            <translation>Mạng nhà tôi</translation>
        </message>
        <message>
            <source>My rules</source>
            <translation>Quy tắc của tôi</translation>
        </message>
        <message>
            <source>NEEDS YOU</source>
            <translation>CẦN BẠN XỬ LÝ</translation>
        </message>
        <message>
            <source>NETWORK AND OTHER PROGRAMS</source>
            <translation>MẠNG VÀ CHƯƠNG TRÌNH KHÁC</translation>
        </message>
        <message>
            <source>NEVER TOGETHER</source>
            <translation>KHÔNG BAO GIỜ CÙNG LÚC</translation>
        </message>
        <message>
            <source>NOW RUNNING</source>
            <translation>ĐANG CHẠY</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Tên</translation>
        </message>
        <message>
            <source>Name at least one effect.</source>
            <translation>Hãy nhập ít nhất một hiệu ứng.</translation>
        </message>
        <message>
            <source>Name of a viewer or a gift ({keys})</source>
            <translation>Tên người xem hoặc món quà ({keys})</translation>
        </message>
        <message>
            <source>Name of its state</source>
            <translation>Tên trạng thái</translation>
        </message>
        <message>
            <source>Name of the device</source>
            <translation>Tên thiết bị</translation>
        </message>
        <message>
            <source>Name of the goal</source>
            <translation>Tên mục tiêu</translation>
        </message>
        <message>
            <source>Name of the new variable</source>
            <translation>Tên biến mới</translation>
        </message>
        <message>
            <source>Name of the rule</source>
            <translation>Tên quy tắc</translation>
        </message>
        <message>
            <source>Name of the secret</source>
            <translation>Tên khóa bí mật</translation>
        </message>
        <message>
            <source>Name of the secret to use</source>
            <translation>Tên khóa bí mật cần dùng</translation>
        </message>
        <message>
            <source>Name of the sender</source>
            <translation>Tên người gửi</translation>
        </message>
        <message>
            <source>Name or address of the broker</source>
            <translation>Tên hoặc địa chỉ của máy chủ MQTT</translation>
        </message>
        <message>
            <source>Name or address of your broker. Empty: not used.</source>
            <translation>Tên hoặc địa chỉ máy chủ MQTT của bạn. Để trống: không dùng.</translation>
        </message>
        <message>
            <source>Name or address, such as 192.168.1.20</source>
            <translation>Tên hoặc địa chỉ, ví dụ 192.168.1.20</translation>
        </message>
        <message>
            <source>Name the effects of {name}.</source>
            <translation>Hãy đặt tên các hiệu ứng của {name}.</translation>
        </message>
        <message>
            <source>Name, as the rule says it</source>
            <translation>Tên như trong quy tắc</translation>
        </message>
        <message>
            <source>Name, e.g. Dance at 1000</source>
            <translation>Tên, ví dụ: Nhảy khi đủ 1000</translation>
        </message>
        <message>
            <source>Name, e.g. spins</source>
            <translation>Tên, ví dụ: luot_quay</translation>
        </message>
        <message>
            <source>Name, gift, device or a word of the sentence ({keys})</source>
            <translation>Tên, quà, thiết bị hoặc một từ trong câu ({keys})</translation>
        </message>
        <message>
            <source>Named effects, such as cues</source>
            <translation>Hiệu ứng có tên, như các cue</translation>
        </message>
        <message>
            <source>Names in its telemetry, such as temperature.</source>
            <translation>Tên trong telemetry của thiết bị, ví dụ temperature.</translation>
        </message>
        <message>
            <source>Names of outputs such as switch_relay. Empty: all it announces.</source>
            <translation>Tên đầu ra, ví dụ switch_relay. Để trống: mọi đầu ra thiết bị giới thiệu.</translation>
        </message>
        <message>
            <source>Names the device knows, only for what plays effects.</source>
            <translation>Các tên thiết bị biết, chỉ dành cho loại chạy hiệu ứng.</translation>
        </message>
        <message>
            <source>Needs no device</source>
            <translation>Không cần thiết bị</translation>
        </message>
        <message>
            <source>Needs you</source>
            <translation>Cần bạn xử lý</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Mạng</translation>
        </message>
        <message>
            <source>Network card</source>
            <translation>Card mạng</translation>
        </message>
        <message>
            <source>Network port</source>
            <translation>Cổng mạng</translation>
        </message>
        <message>
            <source>Network, TCP</source>
            <translation>Mạng, TCP</translation>
        </message>
        <message>
            <source>Network, UDP</source>
            <translation>Mạng, UDP</translation>
        </message>
        <message>
            <source>Network, web requests (HTTP)</source>
            <translation>Mạng, yêu cầu web (HTTP)</translation>
        </message>
        <message>
            <source>Never less than {least} s.</source>
            <translation>Không bao giờ dưới {least} giây.</translation>
        </message>
        <message>
            <source>Never longer than {most}.</source>
            <translation>Không bao giờ lâu hơn {most}.</translation>
        </message>
        <message>
            <source>Never more than {most} %.</source>
            <translation>Không bao giờ quá {most} %.</translation>
        </message>
        <message>
            <source>Never more than {most}.</source>
            <translation>Không bao giờ quá {most}.</translation>
        </message>
        <message>
            <source>New followers</source>
            <translation>Người theo dõi mới</translation>
        </message>
        <message>
            <source>New group</source>
            <translation>Nhóm mới</translation>
        </message>
        <message>
            <source>New group {name}</source>
            <translation>Nhóm mới {name}</translation>
        </message>
        <message>
            <source>New group…</source>
            <translation>Nhóm mới…</translation>
        </message>
        <message>
            <source>New line (\n), as most sketches</source>
            <translation>Xuống dòng (\n), như đa số sketch</translation>
        </message>
        <message>
            <source>New password</source>
            <translation>Mật khẩu mới</translation>
        </message>
        <message>
            <source>New profile</source>
            <translation>Bộ quy tắc mới</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>Bộ quy tắc mới…</translation>
        </message>
        <message>
            <source>New rule</source>
            <translation>Quy tắc mới</translation>
        </message>
        <message>
            <source>New rule {name}</source>
            <translation>Quy tắc mới {name}</translation>
        </message>
        <message>
            <source>New rules start off. Turn it on when it is ready.</source>
            <translation>Quy tắc mới ban đầu đang tắt. Hãy bật khi đã sẵn sàng.</translation>
        </message>
        <message>
            <source>New scene</source>
            <translation>Cảnh mới</translation>
        </message>
        <message>
            <source>New token</source>
            <translation>Mã truy cập mới</translation>
        </message>
        <message>
            <source>Newer gifts</source>
            <translation>Quà mới hơn</translation>
        </message>
        <message>
            <source>Next try in {time}.</source>
            <translation>Thử lại sau {time}.</translation>
        </message>
        <message>
            <source>No LIVE chosen yet</source>
            <translation>Chưa chọn buổi LIVE</translation>
        </message>
        <message>
            <source>No LIVE is listened to.</source>
            <translation>Chưa kết nối buổi LIVE nào.</translation>
        </message>
        <message>
            <source>No buttons and no keys yet</source>
            <translation>Chưa có nút và phím nào</translation>
        </message>
        <message>
            <source>No device is chosen, and none of yours can do this.</source>
            <translation>Chưa chọn thiết bị, và không thiết bị nào của bạn làm được việc này.</translation>
        </message>
        <message>
            <source>No device is chosen. {fitting} can do this.</source>
            <translation>Chưa chọn thiết bị. {fitting} làm được việc này.</translation>
        </message>
        <message>
            <source>No device yet</source>
            <translation>Chưa có thiết bị</translation>
        </message>
        <message>
            <source>No device yet. Add a practice one and watch it move, or plug in your board.</source>
            <translation>Chưa có thiết bị. Thêm một thiết bị giả lập để xem nó chuyển động, hoặc cắm bo mạch của bạn.</translation>
        </message>
        <message>
            <source>No family of devices is called that.</source>
            <translation>Không có loại thiết bị nào tên như vậy.</translation>
        </message>
        <message>
            <source>No gift fits</source>
            <translation>Không có quà nào phù hợp</translation>
        </message>
        <message>
            <source>No gift yet</source>
            <translation>Chưa có quà nào</translation>
        </message>
        <message>
            <source>No goal yet</source>
            <translation>Chưa có mục tiêu nào</translation>
        </message>
        <message>
            <source>No group</source>
            <translation>Không nhóm</translation>
        </message>
        <message>
            <source>No output was used. Is a rule on that fits this stream?</source>
            <translation>Không đầu ra nào được dùng. Có quy tắc nào đang bật và hợp với buổi LIVE này không?</translation>
        </message>
        <message>
            <source>No repeats</source>
            <translation>Không lặp lại</translation>
        </message>
        <message>
            <source>No rule fits</source>
            <translation>Không có quy tắc phù hợp</translation>
        </message>
        <message>
            <source>No rule for this gift yet</source>
            <translation>Chưa có quy tắc cho quà này</translation>
        </message>
        <message>
            <source>No rule for this yet</source>
            <translation>Chưa có quy tắc cho việc này</translation>
        </message>
        <message>
            <source>No rule is left. Choose a device for one of them.</source>
            <translation>Không còn quy tắc nào. Hãy chọn thiết bị cho ít nhất một quy tắc.</translation>
        </message>
        <message>
            <source>No rule is made for this.</source>
            <translation>Không có quy tắc nào cho việc này.</translation>
        </message>
        <message>
            <source>No rule uses it</source>
            <translation>Không quy tắc nào dùng</translation>
        </message>
        <message>
            <source>No rule uses it yet</source>
            <translation>Chưa có quy tắc nào dùng</translation>
        </message>
        <message>
            <source>No rule waits for chosen gifts yet</source>
            <translation>Chưa có quy tắc nào cho quà đã chọn</translation>
        </message>
        <message>
            <source>No rules yet</source>
            <translation>Chưa có quy tắc</translation>
        </message>
        <message>
            <source>No secret</source>
            <translation>Không có khóa bí mật</translation>
        </message>
        <message>
            <source>No sliding and no pulsing</source>
            <translation>Không trượt, không nhấp nháy</translation>
        </message>
        <message>
            <source>No sound came out. Is there a loudspeaker, and is it chosen in the system?</source>
            <translation>Không phát được âm thanh. Có loa không, và hệ thống đã chọn loa đó chưa?</translation>
        </message>
        <message>
            <source>No such gift</source>
            <translation>Không có quà này</translation>
        </message>
        <message>
            <source>No such gift. Press Enter to use the name as it is.</source>
            <translation>Không có quà này. Nhấn Enter để lấy đúng tên đã ghi.</translation>
        </message>
        <message>
            <source>No. {id}</source>
            <translation>Số {id}</translation>
        </message>
        <message>
            <source>Nobody gave anything yet</source>
            <translation>Chưa ai tặng quà</translation>
        </message>
        <message>
            <source>Nobody of that name</source>
            <translation>Không có ai tên đó</translation>
        </message>
        <message>
            <source>Nobody yet.</source>
            <translation>Chưa có ai.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Không có</translation>
        </message>
        <message>
            <source>None chosen: any gift.</source>
            <translation>Không chọn: quà bất kỳ.</translation>
        </message>
        <message>
            <source>None chosen: every day.</source>
            <translation>Không chọn: mọi ngày.</translation>
        </message>
        <message>
            <source>None comes again until all of them were there.</source>
            <translation>Không mục nào lặp lại trước khi hết lượt.</translation>
        </message>
        <message>
            <source>None for most boards.</source>
            <translation>Không, với hầu hết các bo.</translation>
        </message>
        <message>
            <source>Not</source>
            <translation>Không đúng điều sau</translation>
        </message>
        <message>
            <source>Not among the other rules</source>
            <translation>Không có trong bộ quy tắc kia</translation>
        </message>
        <message>
            <source>Not armed</source>
            <translation>Đang khóa</translation>
        </message>
        <message>
            <source>Not done</source>
            <translation>Không làm</translation>
        </message>
        <message>
            <source>Not done: {n}</source>
            <translation>Không làm: {n}</translation>
        </message>
        <message>
            <source>Not done: {what}. {why}</source>
            <translation>Chưa thực hiện: {what}. {why}</translation>
        </message>
        <message numerus="yes">
            <source>Not for this: %Ln rule(s)</source>
            <translation>
                <numerusform>Không dành cho việc này: %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message>
            <source>Not known now</source>
            <translation>Chưa rõ</translation>
        </message>
        <message>
            <source>Not live</source>
            <translation>Chưa LIVE</translation>
        </message>
        <message>
            <source>Not live right now. We connect by ourselves when you start.</source>
            <translation>Hiện chưa LIVE. Khi bạn bắt đầu, ứng dụng tự kết nối.</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Chưa được</translation>
        </message>
        <message>
            <source>Not open</source>
            <translation>Chưa mở</translation>
        </message>
        <message>
            <source>Not sent</source>
            <translation>Không gửi</translation>
        </message>
        <message>
            <source>Not sent: {why}</source>
            <translation>Chưa gửi: {why}</translation>
        </message>
        <message>
            <source>Not set</source>
            <translation>Chưa đặt</translation>
        </message>
        <message>
            <source>Not set up</source>
            <translation>Chưa thiết lập</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Ghi chú</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>Không so sánh</translation>
        </message>
        <message>
            <source>Nothing answers to STOP. Pull the plug of your devices, then restart Giftwire.</source>
            <translation>Lệnh DỪNG không được trả lời. Hãy rút điện các thiết bị rồi mở lại Giftwire.</translation>
        </message>
        <message>
            <source>Nothing fits</source>
            <translation>Không có gì phù hợp</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Không tìm thấy gì</translation>
        </message>
        <message>
            <source>Nothing happens in this stream. Choose another one.</source>
            <translation>Buổi LIVE này không có gì xảy ra. Hãy chọn buổi khác.</translation>
        </message>
        <message>
            <source>Nothing has happened yet</source>
            <translation>Chưa có gì xảy ra</translation>
        </message>
        <message>
            <source>Nothing has that name yet. Press Enter to make it.</source>
            <translation>Chưa có tên này. Nhấn Enter để tạo.</translation>
        </message>
        <message>
            <source>Nothing has that name. Look again.</source>
            <translation>Không có mục nào tên đó. Hãy xem lại.</translation>
        </message>
        <message>
            <source>Nothing in your network has this name. Check it, or use the device's number such as 192.168.1.20.</source>
            <translation>Trong mạng của bạn không có gì mang tên này. Hãy kiểm tra lại, hoặc dùng địa chỉ số như 192.168.1.20.</translation>
        </message>
        <message>
            <source>Nothing is called “{word}” here.</source>
            <translation>Ở đây không có gì tên là “{word}”.</translation>
        </message>
        <message>
            <source>Nothing is counted yet</source>
            <translation>Chưa đếm gì cả</translation>
        </message>
        <message>
            <source>Nothing is owed</source>
            <translation>Không nợ quà nào</translation>
        </message>
        <message>
            <source>Nothing is running</source>
            <translation>Không có gì đang chạy</translation>
        </message>
        <message>
            <source>Nothing more is known about this event.</source>
            <translation>Không có thêm thông tin về sự kiện này.</translation>
        </message>
        <message>
            <source>Nothing new was found. Plug the board in with a USB data cable and look again, or choose its family below.</source>
            <translation>Không thấy gì mới. Hãy cắm bo mạch bằng cáp USB có truyền dữ liệu rồi tìm lại, hoặc chọn loại thiết bị bên dưới.</translation>
        </message>
        <message>
            <source>Nothing of that kind was found. Enter takes it as written.</source>
            <translation>Không tìm thấy thứ nào như vậy. Nhấn Enter để dùng đúng như đã viết.</translation>
        </message>
        <message>
            <source>Nothing of that name is known. Enter takes it as written.</source>
            <translation>Chưa biết tên này. Nhấn Enter để dùng đúng như đã ghi.</translation>
        </message>
        <message>
            <source>Nothing of this device can hurt that way.</source>
            <translation>Thiết bị này không có gì gây đau như vậy.</translation>
        </message>
        <message>
            <source>Nothing runs until you resume. Gifts are still counted.</source>
            <translation>Không có gì chạy cho tới khi bạn cho chạy tiếp. Quà vẫn được tính.</translation>
        </message>
        <message>
            <source>Nothing sets the variable “{name}”. Add a step that sets it.</source>
            <translation>Chưa có bước nào đặt biến “{name}”. Hãy thêm bước đặt biến này.</translation>
        </message>
        <message>
            <source>Nothing sets the variable “{name}”. Did you mean “{close}”?</source>
            <translation>Chưa có bước nào đặt biến “{name}”. Ý bạn là “{close}”?</translation>
        </message>
        <message>
            <source>Nothing that can hurt, such as a buzzer</source>
            <translation>Thứ không gây hại, ví dụ còi báo</translation>
        </message>
        <message>
            <source>Nothing to do.</source>
            <translation>Bạn không cần làm gì.</translation>
        </message>
        <message>
            <source>Nothing to do. All changes are kept.</source>
            <translation>Không cần làm gì. Mọi thay đổi đều được giữ.</translation>
        </message>
        <message>
            <source>Nothing to do: we keep trying.</source>
            <translation>Bạn không cần làm gì: ứng dụng vẫn tiếp tục thử.</translation>
        </message>
        <message>
            <source>Nothing to do; it may try again.</source>
            <translation>Không cần làm gì; nó có thể thử lại.</translation>
        </message>
        <message>
            <source>Nothing to redo</source>
            <translation>Không có gì để làm lại</translation>
        </message>
        <message>
            <source>Nothing to undo</source>
            <translation>Không có gì để hoàn tác</translation>
        </message>
        <message>
            <source>Nothing was asked of it yet</source>
            <translation>Chưa có lệnh nào</translation>
        </message>
        <message>
            <source>Nothing was begun. Begin first, then press when you see it.</source>
            <translation>Chưa bắt đầu. Hãy bắt đầu trước, rồi bấm khi bạn thấy.</translation>
        </message>
        <message>
            <source>Nothing was saved.</source>
            <translation>Chưa lưu gì cả.</translation>
        </message>
        <message>
            <source>Nothing went over the wire since this was opened.</source>
            <translation>Từ lúc mở phần này chưa có gì truyền qua.</translation>
        </message>
        <message>
            <source>Nothing yet</source>
            <translation>Chưa có gì</translation>
        </message>
        <message>
            <source>Nothing.</source>
            <translation>Không có gì.</translation>
        </message>
        <message>
            <source>Notification</source>
            <translation>Thông báo</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Bây giờ</translation>
        </message>
        <message>
            <source>Now I see it</source>
            <translation>Tôi thấy rồi</translation>
        </message>
        <message>
            <source>Nudge</source>
            <translation>Nhích thử</translation>
        </message>
        <message>
            <source>Nudge it</source>
            <translation>Nhích thử</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Số</translation>
        </message>
        <message>
            <source>Number of the shocker</source>
            <translation>Số của vòng giật</translation>
        </message>
        <message>
            <source>Numbers are</source>
            <translation>Số viết dạng</translation>
        </message>
        <message>
            <source>Numbers go in braces: {level} {red} {green} {blue} {color} {rounds} {rpm} {direction} {ms} {s}. Such as: PUMP {level:255} sends PUMP 128 for half.</source>
            <translation>Số đặt trong ngoặc nhọn: {level} {red} {green} {blue} {color} {rounds} {rpm} {direction} {ms} {s}. Ví dụ: PUMP {level:255} gửi PUMP 128 khi ở mức một nửa.</translation>
        </message>
        <message>
            <source>Numbers of presets your rules may play as effects.</source>
            <translation>Số của các cài đặt sẵn mà quy tắc có thể chạy như hiệu ứng.</translation>
        </message>
        <message>
            <source>OBS</source>
            <translation>OBS</translation>
        </message>
        <message>
            <source>OBS Studio</source>
            <translation>OBS Studio</translation>
        </message>
        <message>
            <source>OBS answers.</source>
            <translation>OBS trả lời.</translation>
        </message>
        <message>
            <source>OBS answers. Its scenes: {scenes}</source>
            <translation>OBS trả lời. Các cảnh: {scenes}</translation>
        </message>
        <message>
            <source>OBS changes</source>
            <translation>thay đổi trong OBS</translation>
        </message>
        <message>
            <source>OBS does not answer. Is it open, and its WebSocket server turned on?</source>
            <translation>OBS không trả lời. Bạn đã mở OBS và bật máy chủ WebSocket chưa?</translation>
        </message>
        <message>
            <source>OBS does not take this password. It stands under Tools, WebSocket Server Settings in OBS.</source>
            <translation>OBS không nhận mật khẩu này. Mật khẩu nằm trong OBS: Tools, WebSocket Server Settings.</translation>
        </message>
        <message>
            <source>OBS is connected again.</source>
            <translation>Đã kết nối lại với OBS.</translation>
        </message>
        <message>
            <source>OBS is not set up, so this does nothing. Enter its port in Settings.</source>
            <translation>Chưa thiết lập OBS nên bước này không làm gì. Hãy nhập cổng của OBS trong Cài đặt.</translation>
        </message>
        <message>
            <source>OBS refuses. Check the password.</source>
            <translation>OBS từ chối. Hãy kiểm tra mật khẩu.</translation>
        </message>
        <message>
            <source>OBS: show a scene</source>
            <translation>OBS: chuyển cảnh</translation>
        </message>
        <message>
            <source>OBS: show or hide a source</source>
            <translation>OBS: hiện hoặc ẩn nguồn</translation>
        </message>
        <message>
            <source>ON THE WIRE</source>
            <translation>DỮ LIỆU TRUYỀN</translation>
        </message>
        <message>
            <source>ONE STEP ALONE</source>
            <translation>RIÊNG MỘT BƯỚC</translation>
        </message>
        <message>
            <source>ONLY IF</source>
            <translation>CHỈ KHI</translation>
        </message>
        <message>
            <source>ORDER AND CHOICE</source>
            <translation>TRÌNH TỰ VÀ LỰA CHỌN</translation>
        </message>
        <message>
            <source>OSC</source>
            <translation>OSC</translation>
        </message>
        <message>
            <source>OSC address</source>
            <translation>Địa chỉ OSC</translation>
        </message>
        <message>
            <source>OTHER PROGRAMS</source>
            <translation>CHƯƠNG TRÌNH KHÁC</translation>
        </message>
        <message>
            <source>OTHERS</source>
            <translation>LOẠI KHÁC</translation>
        </message>
        <message>
            <source>OUTPUTS</source>
            <translation>ĐẦU RA</translation>
        </message>
        <message>
            <source>Odd</source>
            <translation>Lẻ</translation>
        </message>
        <message>
            <source>Of one box, such as 192.168.1.50. Leave it empty to reach all of them.</source>
            <translation>Của một hộp, ví dụ 192.168.1.50. Để trống để gửi cho tất cả.</translation>
        </message>
        <message>
            <source>Of several programs, lamps follow the one with the higher number.</source>
            <translation>Khi có nhiều phần mềm, đèn theo phần mềm có số lớn hơn.</translation>
        </message>
        <message>
            <source>Of the computer it runs on; 127.0.0.1 is this one.</source>
            <translation>Của máy tính chạy chương trình đó; 127.0.0.1 là máy này.</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Tắt</translation>
        </message>
        <message>
            <source>Off after a power cut</source>
            <translation>Tắt sau khi mất điện</translation>
        </message>
        <message>
            <source>Off as well for boards with an ESP32 that never start.</source>
            <translation>Tắt luôn nếu bo ESP32 không chịu khởi động.</translation>
        </message>
        <message>
            <source>Off keeps some boards from restarting when the port is opened.</source>
            <translation>Tắt để một số bo mạch không khởi động lại khi mở cổng.</translation>
        </message>
        <message>
            <source>Off only for sketches that never answer a call.</source>
            <translation>Chỉ tắt nếu chương trình trên thiết bị không bao giờ trả lời.</translation>
        </message>
        <message>
            <source>Off. The broker is away: what it still shows goes when it is back.</source>
            <translation>Đã tắt. Máy chủ MQTT đang mất kết nối: những gì còn hiện sẽ biến mất khi có lại kết nối.</translation>
        </message>
        <message>
            <source>Off. Turn it on when it is ready</source>
            <translation>Đang tắt. Hãy bật khi đã sẵn sàng</translation>
        </message>
        <message>
            <source>Off. Turn on</source>
            <translation>Đang tắt. Bật lên</translation>
        </message>
        <message>
            <source>Off: Giftwire must switch it off, as with simple relay boards.</source>
            <translation>Tắt: Giftwire phải tự ngắt, như với các bo mạch rơ-le đơn giản.</translation>
        </message>
        <message>
            <source>Off: Home Assistant sees nothing of Giftwire.</source>
            <translation>Đang tắt: Home Assistant không thấy gì của Giftwire.</translation>
        </message>
        <message>
            <source>Off: anybody in your network can read along.</source>
            <translation>Tắt: ai trong mạng của bạn cũng đọc được.</translation>
        </message>
        <message>
            <source>Off: only gifts sent to you run rules.</source>
            <translation>Tắt: chỉ quà tặng bạn mới chạy quy tắc.</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation>Mất kết nối</translation>
        </message>
        <message>
            <source>Old boards that ignore the ordinary ones' words</source>
            <translation>Bo cũ không hiểu lệnh thông thường</translation>
        </message>
        <message>
            <source>Older gifts and viewer names are deleted.</source>
            <translation>Quà và tên người xem cũ hơn sẽ bị xóa.</translation>
        </message>
        <message>
            <source>Older recordings are deleted.</source>
            <translation>Bản ghi cũ hơn sẽ bị xóa.</translation>
        </message>
        <message>
            <source>On</source>
            <translation>Bật</translation>
        </message>
        <message>
            <source>On WLED's own page: Config, Sync Interfaces, MQTT. Tick Enable MQTT.</source>
            <translation>Trên trang WLED: Config, Sync Interfaces, MQTT. Đánh dấu Enable MQTT.</translation>
        </message>
        <message>
            <source>On Zigbee2MQTT's page under Settings, MQTT, or in its file configuration.yaml.</source>
            <translation>Trên trang Zigbee2MQTT ở Settings, MQTT, hoặc trong tệp configuration.yaml.</translation>
        </message>
        <message>
            <source>On an Uno with a servo, pins 9 and 10 cannot be dimmed.</source>
            <translation>Trên Uno có servo, chân 9 và 10 không chỉnh mức được.</translation>
        </message>
        <message>
            <source>On and off</source>
            <translation>Bật và tắt</translation>
        </message>
        <message>
            <source>On and off need different texts.</source>
            <translation>Nội dung bật và tắt phải khác nhau.</translation>
        </message>
        <message>
            <source>On and off, such as a relay</source>
            <translation>Bật và tắt, ví dụ rơ-le</translation>
        </message>
        <message>
            <source>On for at most this part of a minute</source>
            <translation>Phần thời gian được chạy trong mỗi phút</translation>
        </message>
        <message>
            <source>On or off</source>
            <translation>Bật hoặc tắt</translation>
        </message>
        <message>
            <source>On the device's own page: Internet &amp; Security, Advanced, Enable MQTT.</source>
            <translation>Trên trang của thiết bị: Internet &amp; Security, Advanced, Enable MQTT.</translation>
        </message>
        <message>
            <source>On the device's own page: Settings, MQTT. Switch on all it offers.</source>
            <translation>Trên trang của thiết bị: Settings, MQTT. Bật mọi mục ở đó.</translation>
        </message>
        <message>
            <source>On the device's own web page: Configuration, then Configure MQTT.</source>
            <translation>Trên trang web của thiết bị: Configuration, rồi Configure MQTT.</translation>
        </message>
        <message>
            <source>On the screen only</source>
            <translation>Chỉ trên màn hình</translation>
        </message>
        <message>
            <source>On with LOW</source>
            <translation>Bật bằng LOW</translation>
        </message>
        <message>
            <source>One after the other</source>
            <translation>Lần lượt</translation>
        </message>
        <message>
            <source>One by chance</source>
            <translation>Chọn ngẫu nhiên</translation>
        </message>
        <message>
            <source>One combo grows to a number, such as 100, and again at 200.</source>
            <translation>Một combo đạt một con số, ví dụ 100, rồi lại 200.</translation>
        </message>
        <message>
            <source>One hour at most.</source>
            <translation>Tối đa một giờ.</translation>
        </message>
        <message>
            <source>One minute with 200 gifts a second. More than TikTok ever sends.</source>
            <translation>Một phút với 200 quà mỗi giây. Nhiều hơn mức TikTok từng gửi.</translation>
        </message>
        <message>
            <source>One moment…</source>
            <translation>Đợi một chút…</translation>
        </message>
        <message>
            <source>One of your devices, or the first of its kind: motor, light, relay.</source>
            <translation>Một thiết bị của bạn, hoặc thiết bị đầu tiên cùng loại: động cơ, đèn, rơ-le.</translation>
        </message>
        <message>
            <source>One or several gifts that you choose.</source>
            <translation>Một hay nhiều món quà do bạn chọn.</translation>
        </message>
        <message>
            <source>One output</source>
            <translation>Một đầu ra</translation>
        </message>
        <message>
            <source>One row gathers 10 s, here {start} to {end}. Each one was counted, but they are not kept singly.</source>
            <translation>Một dòng gộp 10 giây, ở đây từ {start} đến {end}. Từng lượt đều được đếm nhưng không lưu riêng.</translation>
        </message>
        <message>
            <source>One run counts this many at most, however many were sent.</source>
            <translation>Mỗi lần chạy tính tối đa chừng này, dù được tặng bao nhiêu.</translation>
        </message>
        <message>
            <source>One short impulse, for example to open a latch.</source>
            <translation>Một xung ngắn, ví dụ để mở chốt.</translation>
        </message>
        <message>
            <source>One short shot</source>
            <translation>Một phát ngắn</translation>
        </message>
        <message>
            <source>One that came with the program, or a file in your folder of sounds.</source>
            <translation>Âm thanh có sẵn, hoặc tệp trong thư mục âm thanh của bạn.</translation>
        </message>
        <message>
            <source>One that tells its state can be checked. Most boards with 1 relay do not.</source>
            <translation>Bo báo trạng thái thì kiểm tra được. Đa số bo 1 rơ-le không báo.</translation>
        </message>
        <message>
            <source>One word, for example !spin.</source>
            <translation>Một từ, ví dụ !spin.</translation>
        </message>
        <message>
            <source>Only a part ran: {why}.</source>
            <translation>Chỉ chạy một phần: {why}.</translation>
        </message>
        <message>
            <source>Only a part would run: {why}.</source>
            <translation>Chỉ một phần sẽ chạy: {why}.</translation>
        </message>
        <message>
            <source>Only addresses with http or https may be called, not {url}.</source>
            <translation>Chỉ được gọi địa chỉ http hoặc https, không phải {url}.</translation>
        </message>
        <message>
            <source>Only during a LIVE</source>
            <translation>Chỉ trong lúc LIVE</translation>
        </message>
        <message>
            <source>Only for a broker of your own whose certificate nobody else signed.</source>
            <translation>Chỉ dùng cho máy chủ của riêng bạn, có chứng chỉ tự ký.</translation>
        </message>
        <message>
            <source>Only for the first generation; newer ones tell it themselves.</source>
            <translation>Chỉ dành cho thế hệ đầu; thiết bị mới tự báo.</translation>
        </message>
        <message>
            <source>Only from one time to another, on the days you choose.</source>
            <translation>Chỉ từ giờ này đến giờ kia, vào những ngày bạn chọn.</translation>
        </message>
        <message>
            <source>Only if</source>
            <translation>Chỉ khi</translation>
        </message>
        <message>
            <source>Only if a device is connected, runs or is at rest.</source>
            <translation>Chỉ khi thiết bị đã kết nối, đang chạy hoặc đang nghỉ.</translation>
        </message>
        <message>
            <source>Only if another rule is on, is running or ran a short while ago.</source>
            <translation>Chỉ khi quy tắc khác đang bật, đang chạy hoặc vừa chạy.</translation>
        </message>
        <message>
            <source>Only if one of your variables has a certain value.</source>
            <translation>Chỉ khi một biến của bạn có giá trị nhất định.</translation>
        </message>
        <message>
            <source>Only if so many came at once.</source>
            <translation>Chỉ khi số lượng cùng lúc đạt mức đó.</translation>
        </message>
        <message>
            <source>Only if so many people watch.</source>
            <translation>Chỉ khi có chừng đó người đang xem.</translation>
        </message>
        <message>
            <source>Only if something a device measures is above or below a number.</source>
            <translation>Chỉ khi số đo của thiết bị cao hơn hoặc thấp hơn một số.</translation>
        </message>
        <message>
            <source>Only if the broker offers it, mostly on port 8883.</source>
            <translation>Chỉ bật nếu máy chủ có hỗ trợ, thường ở cổng 8883.</translation>
        </message>
        <message>
            <source>Only if the device itself stops after {ms} or {s}.</source>
            <translation>Chỉ bật nếu chính thiết bị tự dừng sau {ms} hoặc {s}.</translation>
        </message>
        <message>
            <source>Only if the gift or the combo is worth so much.</source>
            <translation>Chỉ khi món quà hay combo đáng giá chừng đó.</translation>
        </message>
        <message>
            <source>Only if zigbee2mqtt.io lists “On with timed off” for it; it is safer.</source>
            <translation>Chỉ bật nếu zigbee2mqtt.io ghi “On with timed off” cho thiết bị; an toàn hơn.</translation>
        </message>
        <message>
            <source>Only members of your fan team, from a level on.</source>
            <translation>Chỉ thành viên đội fan, từ một cấp trở lên.</translation>
        </message>
        <message>
            <source>Only now and then, by chance.</source>
            <translation>Chỉ thỉnh thoảng, theo may rủi.</translation>
        </message>
        <message>
            <source>Only people whose names you write down, or all but them.</source>
            <translation>Chỉ những người bạn ghi tên, hoặc tất cả trừ họ.</translation>
        </message>
        <message>
            <source>Only programs on this computer can log in. Devices on Wi-Fi cannot.</source>
            <translation>Chỉ chương trình trên máy tính này đăng nhập được. Thiết bị Wi-Fi thì không.</translation>
        </message>
        <message>
            <source>Only the first thing a viewer does in this LIVE.</source>
            <translation>Chỉ lần đầu người xem xuất hiện trong buổi LIVE này.</translation>
        </message>
        <message>
            <source>Only these</source>
            <translation>Chỉ các đầu ra này</translation>
        </message>
        <message>
            <source>Only this computer can reach the broker</source>
            <translation>Chỉ máy tính này dùng được máy chủ MQTT</translation>
        </message>
        <message>
            <source>Only this step; when, conditions and limits were not asked.</source>
            <translation>Chỉ bước này; không xét điều kích hoạt, điều kiện và giới hạn.</translation>
        </message>
        <message>
            <source>Only this stream</source>
            <translation>Chỉ buổi LIVE này</translation>
        </message>
        <message>
            <source>Only those who gave something are in the list.</source>
            <translation>Danh sách chỉ có người đã tặng quà.</translation>
        </message>
        <message>
            <source>Only those who have given most in this LIVE.</source>
            <translation>Chỉ những người tặng nhiều nhất buổi LIVE này.</translation>
        </message>
        <message>
            <source>Only viewers who follow you.</source>
            <translation>Chỉ người xem đang theo dõi bạn.</translation>
        </message>
        <message>
            <source>Only viewers who have given so many coins in this LIVE.</source>
            <translation>Chỉ người xem đã tặng đủ số xu trong buổi LIVE này.</translation>
        </message>
        <message>
            <source>Only viewers with a subscription.</source>
            <translation>Chỉ người xem đã đăng ký.</translation>
        </message>
        <message>
            <source>Only while Intiface knows of none that is switched on.</source>
            <translation>Chỉ khi Intiface chưa thấy món nào đang bật.</translation>
        </message>
        <message>
            <source>Only your moderators.</source>
            <translation>Chỉ người kiểm duyệt của bạn.</translation>
        </message>
        <message>
            <source>Open DMX cable</source>
            <translation>Cáp Open DMX</translation>
        </message>
        <message>
            <source>Open Giftwire</source>
            <translation>Mở Giftwire</translation>
        </message>
        <message>
            <source>Open Settings</source>
            <translation>Mở Cài đặt</translation>
        </message>
        <message>
            <source>Open a file…</source>
            <translation>Mở tệp…</translation>
        </message>
        <message>
            <source>Open a pack or a rules file</source>
            <translation>Mở gói hoặc tệp quy tắc</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Mở bản ghi</translation>
        </message>
        <message>
            <source>Open devices</source>
            <translation>Mở thiết bị</translation>
        </message>
        <message>
            <source>Open file…</source>
            <translation>Mở tệp…</translation>
        </message>
        <message>
            <source>Open it to my home network</source>
            <translation>Mở cho mạng nhà tôi</translation>
        </message>
        <message>
            <source>Open rule {name}</source>
            <translation>Mở quy tắc {name}</translation>
        </message>
        <message>
            <source>Open rules</source>
            <translation>Mở quy tắc</translation>
        </message>
        <message>
            <source>Open the device and check them.</source>
            <translation>Hãy mở thiết bị và kiểm tra lại.</translation>
        </message>
        <message>
            <source>Open {name}</source>
            <translation>Mở {name}</translation>
        </message>
        <message>
            <source>OpenShock</source>
            <translation>OpenShock</translation>
        </message>
        <message>
            <source>Order of colours</source>
            <translation>Thứ tự màu</translation>
        </message>
        <message>
            <source>Ordinary Modbus relays</source>
            <translation>Rơ-le Modbus thông thường</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Khác</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Đầu ra</translation>
        </message>
        <message>
            <source>Outputs</source>
            <translation>Đầu ra</translation>
        </message>
        <message>
            <source>Owed gifts</source>
            <translation>Quà còn nợ</translation>
        </message>
        <message>
            <source>POWER</source>
            <translation>NGUỒN ĐIỆN</translation>
        </message>
        <message>
            <source>PRACTICE DEVICES</source>
            <translation>THIẾT BỊ GIẢ LẬP</translation>
        </message>
        <message>
            <source>PRACTISE</source>
            <translation>CHẠY THỬ</translation>
        </message>
        <message>
            <source>Pack {name} added</source>
            <translation>Thêm gói {name}</translation>
        </message>
        <message>
            <source>Pack: depends on the gift</source>
            <translation>Gói: tùy theo quà</translation>
        </message>
        <message>
            <source>Pack: {n}</source>
            <translation>Gói: {n}</translation>
        </message>
        <message>
            <source>Packs and rules ({files})</source>
            <translation>Gói và quy tắc ({files})</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Các trang</translation>
        </message>
        <message>
            <source>Paid. The rule runs now.</source>
            <translation>Đã trả. Quy tắc đang chạy.</translation>
        </message>
        <message>
            <source>Pan</source>
            <translation>Xoay</translation>
        </message>
        <message>
            <source>Pan rests at</source>
            <translation>Vị trí nghỉ ngang</translation>
        </message>
        <message>
            <source>Parity</source>
            <translation>Kiểm tra chẵn lẻ</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>Phần</translation>
        </message>
        <message>
            <source>Part of the history could not be saved.</source>
            <translation>Một phần lịch sử không lưu được.</translation>
        </message>
        <message>
            <source>Party for big gifts</source>
            <translation>Tiệc cho quà lớn</translation>
        </message>
        <message>
            <source>Passed</source>
            <translation>Đạt</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Mật khẩu</translation>
        </message>
        <message>
            <source>Password at the broker</source>
            <translation>Mật khẩu máy chủ MQTT</translation>
        </message>
        <message>
            <source>Password of OBS</source>
            <translation>Mật khẩu OBS</translation>
        </message>
        <message>
            <source>Past gifts</source>
            <translation>Quà đã nhận</translation>
        </message>
        <message>
            <source>Past stream</source>
            <translation>Buổi LIVE trước</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>Dán</translation>
        </message>
        <message>
            <source>Paste below</source>
            <translation>Dán bên dưới</translation>
        </message>
        <message>
            <source>Paste what was copied</source>
            <translation>Dán nội dung đã sao chép</translation>
        </message>
        <message>
            <source>Pasted</source>
            <translation>Đã dán</translation>
        </message>
        <message>
            <source>Pattern</source>
            <translation>Mẫu tìm</translation>
        </message>
        <message>
            <source>Pause rules</source>
            <translation>Tạm dừng quy tắc</translation>
        </message>
        <message>
            <source>Pause the list (rules go on)</source>
            <translation>Tạm dừng danh sách (quy tắc vẫn chạy)</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Trả</translation>
        </message>
        <message>
            <source>Pay all</source>
            <translation>Trả tất cả</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Người</translation>
        </message>
        <message>
            <source>People who came by it</source>
            <translation>Số người vào từ lượt chia sẻ</translation>
        </message>
        <message>
            <source>People, by their TikTok names</source>
            <translation>Những người, theo tên TikTok</translation>
        </message>
        <message>
            <source>Perfume</source>
            <translation>Nước hoa</translation>
        </message>
        <message>
            <source>PiShock</source>
            <translation>PiShock</translation>
        </message>
        <message>
            <source>Pin</source>
            <translation>Chân</translation>
        </message>
        <message>
            <source>Pin of a STOP button</source>
            <translation>Chân của nút DỪNG</translation>
        </message>
        <message>
            <source>Pin {pin} cannot do this. Choose another one.</source>
            <translation>Chân {pin} không làm được việc này. Hãy chọn chân khác.</translation>
        </message>
        <message>
            <source>Pin {pin} is on while the board starts. Choose an analog one such as A0.</source>
            <translation>Chân {pin} sẽ bật khi bo khởi động. Hãy chọn chân analog như A0.</translation>
        </message>
        <message>
            <source>Pin {pin} is there twice. Choose another one.</source>
            <translation>Chân {pin} bị dùng hai lần. Hãy chọn chân khác.</translation>
        </message>
        <message>
            <source>Pin {pin} was changed. We connect anew.</source>
            <translation>Chân {pin} đã bị thay đổi. Ứng dụng đang kết nối lại.</translation>
        </message>
        <message>
            <source>Pins</source>
            <translation>Các chân</translation>
        </message>
        <message>
            <source>Place in the state</source>
            <translation>Vị trí trong trạng thái</translation>
        </message>
        <message>
            <source>Play a sound</source>
            <translation>Phát âm thanh</translation>
        </message>
        <message>
            <source>Play a sound on this computer.</source>
            <translation>Phát một âm thanh trên máy này.</translation>
        </message>
        <message>
            <source>Play it</source>
            <translation>Chạy cảnh</translation>
        </message>
        <message>
            <source>Playing</source>
            <translation>Đang chạy</translation>
        </message>
        <message>
            <source>Playing, {percent} %</source>
            <translation>Đang phát, {percent} %</translation>
        </message>
        <message>
            <source>Plays effects by name</source>
            <translation>Chạy hiệu ứng theo tên</translation>
        </message>
        <message>
            <source>Plug in a Bluetooth adapter, 4.0 or newer.</source>
            <translation>Hãy cắm bộ thu Bluetooth, bản 4.0 trở lên.</translation>
        </message>
        <message>
            <source>Plug it in or switch it on; we connect by ourselves.</source>
            <translation>Hãy cắm hoặc bật nó; ứng dụng sẽ tự kết nối.</translation>
        </message>
        <message>
            <source>Plus, Pro, Mini, Gen3 and Gen4 switch off by themselves, which is safer.</source>
            <translation>Plus, Pro, Mini, Gen3 và Gen4 tự tắt nên an toàn hơn.</translation>
        </message>
        <message>
            <source>Plus, Pro, Mini, Gen3, Gen4</source>
            <translation>Plus, Pro, Mini, Gen3, Gen4</translation>
        </message>
        <message>
            <source>Port</source>
            <translation>Cổng</translation>
        </message>
        <message>
            <source>Port for calls and the overlay, only on this computer. 0: shut.</source>
            <translation>Cổng cho lời gọi và màn hình LIVE, chỉ trên máy này. 0: đóng.</translation>
        </message>
        <message>
            <source>Port number</source>
            <translation>Số cổng</translation>
        </message>
        <message>
            <source>Port of OBS</source>
            <translation>Cổng OBS</translation>
        </message>
        <message>
            <source>Port of the broker</source>
            <translation>Cổng máy chủ MQTT</translation>
        </message>
        <message>
            <source>Position</source>
            <translation>Vị trí</translation>
        </message>
        <message>
            <source>Power</source>
            <translation>Công suất</translation>
        </message>
        <message>
            <source>Power: {used} of {all} W</source>
            <translation>Nguồn: {used} trên {all} W</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Chạy thử</translation>
        </message>
        <message>
            <source>Practice device</source>
            <translation>Thiết bị giả lập</translation>
        </message>
        <message>
            <source>Practice effect machine</source>
            <translation>Máy hiệu ứng giả lập</translation>
        </message>
        <message>
            <source>Practice fan</source>
            <translation>Quạt giả lập</translation>
        </message>
        <message>
            <source>Practice light</source>
            <translation>Đèn giả lập</translation>
        </message>
        <message>
            <source>Practice motor</source>
            <translation>Động cơ giả lập</translation>
        </message>
        <message>
            <source>Practice puffer</source>
            <translation>Máy thổi hơi giả lập</translation>
        </message>
        <message>
            <source>Practice relay</source>
            <translation>Rơ-le giả lập</translation>
        </message>
        <message>
            <source>Practice sensor</source>
            <translation>Cảm biến giả lập</translation>
        </message>
        <message>
            <source>Practice servo</source>
            <translation>Servo giả lập</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>Chạy thử</translation>
        </message>
        <message>
            <source>Practise with pretend gifts</source>
            <translation>Chạy thử với quà giả lập</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Mẫu có sẵn</translation>
        </message>
        <message>
            <source>Preset to go back to</source>
            <translation>Mẫu để trở về</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>Cài đặt sẵn</translation>
        </message>
        <message>
            <source>Press Measure, watch the device, and press again when it moves. Sounds, speech, overlay texts and OBS of the same step then wait for it.</source>
            <translation>Bấm Đo, nhìn thiết bị và bấm lại khi nó chuyển động. Sau đó âm thanh, giọng đọc, chữ trên màn hình LIVE và OBS của cùng bước sẽ chờ nó.</translation>
        </message>
        <message>
            <source>Press Save there, then restart WLED. It logs in after a few seconds.</source>
            <translation>Bấm Save ở đó, rồi khởi động lại WLED. Nó đăng nhập sau vài giây.</translation>
        </message>
        <message>
            <source>Press Save there. The device starts again and logs in after a few seconds.</source>
            <translation>Bấm Save ở đó. Thiết bị khởi động lại và đăng nhập sau vài giây.</translation>
        </message>
        <message>
            <source>Press the keys</source>
            <translation>Nhấn phím tắt</translation>
        </message>
        <message>
            <source>Press {name}</source>
            <translation>Bấm {name}</translation>
        </message>
        <message>
            <source>Pretend gifts move your devices and are not counted.</source>
            <translation>Quà giả lập làm thiết bị chạy nhưng không được tính.</translation>
        </message>
        <message>
            <source>Price of one</source>
            <translation>Giá một món</translation>
        </message>
        <message>
            <source>Price of one times how many.</source>
            <translation>Giá một món nhân với số lượng.</translation>
        </message>
        <message>
            <source>Priority</source>
            <translation>Ưu tiên</translation>
        </message>
        <message>
            <source>Problems</source>
            <translation>Lỗi</translation>
        </message>
        <message>
            <source>Problems {n}</source>
            <translation>Lỗi {n}</translation>
        </message>
        <message>
            <source>Profile {name}</source>
            <translation>Bộ quy tắc {name}</translation>
        </message>
        <message>
            <source>Profile: {name}</source>
            <translation>Bộ quy tắc: {name}</translation>
        </message>
        <message>
            <source>Programs cannot call Giftwire: port {port} is not free ({why}).</source>
            <translation>Chương trình khác không gọi được Giftwire: cổng {port} đang bận ({why}).</translation>
        </message>
        <message>
            <source>Protect every line against errors on the cable.</source>
            <translation>Bảo vệ từng dòng lệnh khỏi lỗi trên dây.</translation>
        </message>
        <message>
            <source>Protocol</source>
            <translation>Giao thức</translation>
        </message>
        <message>
            <source>Puff of air</source>
            <translation>Luồng hơi</translation>
        </message>
        <message>
            <source>Pulse</source>
            <translation>Xung</translation>
        </message>
        <message>
            <source>Put a name in</source>
            <translation>Chèn một tên</translation>
        </message>
        <message>
            <source>Put a warning before you until you have seen it.</source>
            <translation>Hiện cảnh báo cho đến khi bạn đã xem.</translation>
        </message>
        <message>
            <source>Put into a group</source>
            <translation>Đưa vào nhóm</translation>
        </message>
        <message>
            <source>Put into {part}</source>
            <translation>Đã đưa vào {part}</translation>
        </message>
        <message>
            <source>Put other hardware in its place…</source>
            <translation>Thay bằng phần cứng khác…</translation>
        </message>
        <message>
            <source>Put something about the event in</source>
            <translation>Chèn thông tin về sự kiện</translation>
        </message>
        <message>
            <source>Quit and stop devices</source>
            <translation>Thoát và dừng thiết bị</translation>
        </message>
        <message>
            <source>RAN</source>
            <translation>ĐÃ CHẠY</translation>
        </message>
        <message>
            <source>REFUSED</source>
            <translation>BỊ TỪ CHỐI</translation>
        </message>
        <message>
            <source>RPM</source>
            <translation>vòng/phút</translation>
        </message>
        <message>
            <source>RULES</source>
            <translation>QUY TẮC</translation>
        </message>
        <message>
            <source>RULES AND VARIABLES</source>
            <translation>QUY TẮC VÀ BIẾN</translation>
        </message>
        <message>
            <source>RULES THAT ARE ON</source>
            <translation>QUY TẮC ĐANG BẬT</translation>
        </message>
        <message>
            <source>Raise an alarm</source>
            <translation>Báo động</translation>
        </message>
        <message>
            <source>Ran</source>
            <translation>Đã chạy</translation>
        </message>
        <message numerus="yes">
            <source>Ran %Ln time(s)</source>
            <translation>
                <numerusform>Đã chạy %Ln lần</numerusform>
            </translation>
        </message>
        <message>
            <source>Rank</source>
            <translation>Hạng</translation>
        </message>
        <message>
            <source>Read a text aloud</source>
            <translation>Đọc to một nội dung</translation>
        </message>
        <message>
            <source>Read and agree…</source>
            <translation>Đọc và đồng ý…</translation>
        </message>
        <message>
            <source>Reading the file…</source>
            <translation>Đang đọc tệp…</translation>
        </message>
        <message numerus="yes">
            <source>Reading the stream, %Ln event(s)</source>
            <translation>
                <numerusform>Đang đọc buổi LIVE, %Ln sự kiện</numerusform>
            </translation>
        </message>
        <message>
            <source>Reading the stream…</source>
            <translation>Đang đọc buổi LIVE…</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>Đang đọc…</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>Sẵn sàng</translation>
        </message>
        <message>
            <source>Ready-made rules to try. Nothing is added before you have seen what it does. You can also drop a pack or a rules file anywhere on the window.</source>
            <translation>Quy tắc làm sẵn để thử. Không gì được thêm trước khi bạn xem gói làm gì. Bạn cũng có thể thả tệp gói hoặc tệp quy tắc vào cửa sổ.</translation>
        </message>
        <message>
            <source>Received</source>
            <translation>Đã nhận</translation>
        </message>
        <message>
            <source>Recommended if you pass recordings on.</source>
            <translation>Nên bật nếu bạn gửi bản ghi cho người khác.</translation>
        </message>
        <message>
            <source>Reconnect</source>
            <translation>Kết nối lại</translation>
        </message>
        <message>
            <source>Reconnect now</source>
            <translation>Kết nối lại ngay</translation>
        </message>
        <message>
            <source>Reconnect {name}</source>
            <translation>Kết nối lại {name}</translation>
        </message>
        <message>
            <source>Record every LIVE</source>
            <translation>Ghi lại mọi buổi LIVE</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Bản ghi</translation>
        </message>
        <message>
            <source>Recordings ({pattern})</source>
            <translation>Bản ghi ({pattern})</translation>
        </message>
        <message>
            <source>Recordings can be played again to try out rules.</source>
            <translation>Có thể phát lại bản ghi để diễn tập quy tắc.</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Làm lại</translation>
        </message>
        <message>
            <source>Reduce motion</source>
            <translation>Giảm chuyển động</translation>
        </message>
        <message>
            <source>Refilled</source>
            <translation>Đã nạp đầy</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>Bị từ chối</translation>
        </message>
        <message>
            <source>Relay</source>
            <translation>Rơ-le</translation>
        </message>
        <message>
            <source>Relay {n} did not switch. Unplug the board and plug it in again.</source>
            <translation>Rơ-le {n} không đóng ngắt. Hãy rút bo ra rồi cắm lại.</translation>
        </message>
        <message>
            <source>Relays</source>
            <translation>Số rơ-le</translation>
        </message>
        <message>
            <source>Relays, dimmers, servos and stepper motors on an Arduino with the Firmata sketch.</source>
            <translation>Rơ-le, chỉnh sáng, servo và động cơ bước trên Arduino có sketch Firmata.</translation>
        </message>
        <message>
            <source>Remember a number or a text under a name.</source>
            <translation>Ghi nhớ một số hay chữ dưới một tên.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Xóa</translation>
        </message>
        <message>
            <source>Remove that environment variable to change it here.</source>
            <translation>Hãy xóa biến môi trường đó để đổi ở đây.</translation>
        </message>
        <message>
            <source>Remove the login of {name}?</source>
            <translation>Xóa tài khoản của {name}?</translation>
        </message>
        <message>
            <source>Remove the option, or use a key.</source>
            <translation>Hãy bỏ tùy chọn này, hoặc dùng khóa.</translation>
        </message>
        <message>
            <source>Remove {what}</source>
            <translation>Xóa {what}</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Đổi tên</translation>
        </message>
        <message>
            <source>Rename an output</source>
            <translation>Đổi tên đầu ra</translation>
        </message>
        <message>
            <source>Rename this profile</source>
            <translation>Đổi tên bộ quy tắc này</translation>
        </message>
        <message>
            <source>Rename this profile…</source>
            <translation>Đổi tên bộ quy tắc này…</translation>
        </message>
        <message>
            <source>Renamed to {name}</source>
            <translation>Đổi tên thành {name}</translation>
        </message>
        <message>
            <source>Repeat</source>
            <translation>Lặp lại</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>Thay</translation>
        </message>
        <message>
            <source>Replace {name}</source>
            <translation>Thay {name}</translation>
        </message>
        <message>
            <source>Replace…</source>
            <translation>Thay…</translation>
        </message>
        <message>
            <source>Replay</source>
            <translation>Phát lại</translation>
        </message>
        <message>
            <source>Resolume, QLab, VRChat and any other program or console that understands OSC.</source>
            <translation>Resolume, QLab, VRChat và mọi chương trình hay bàn điều khiển khác hiểu OSC.</translation>
        </message>
        <message>
            <source>Rest after each run</source>
            <translation>Nghỉ sau mỗi lần chạy</translation>
        </message>
        <message>
            <source>Rest {seconds} after each run</source>
            <translation>Nghỉ {seconds} sau mỗi lần chạy</translation>
        </message>
        <message>
            <source>Restart line (DTR)</source>
            <translation>Chân khởi động lại (DTR)</translation>
        </message>
        <message>
            <source>Restart the device. If it stays like this, its program has a fault.</source>
            <translation>Hãy khởi động lại thiết bị. Nếu vẫn vậy, chương trình của nó có lỗi.</translation>
        </message>
        <message>
            <source>Rests at</source>
            <translation>Góc nghỉ</translation>
        </message>
        <message>
            <source>Rests at {percent} %.</source>
            <translation>Nghỉ ở {percent} %.</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Chạy tiếp</translation>
        </message>
        <message>
            <source>Resume?</source>
            <translation>Cho chạy tiếp?</translation>
        </message>
        <message>
            <source>Resumed.</source>
            <translation>Đã chạy tiếp.</translation>
        </message>
        <message>
            <source>Resume…</source>
            <translation>Chạy tiếp…</translation>
        </message>
        <message>
            <source>Rose</source>
            <translation>Hoa hồng</translation>
        </message>
        <message>
            <source>Rotate a motor</source>
            <translation>Quay động cơ</translation>
        </message>
        <message>
            <source>Rounds</source>
            <translation>Số vòng</translation>
        </message>
        <message>
            <source>Rounds a minute. The device's own limit holds in any case.</source>
            <translation>Số vòng mỗi phút. Giới hạn riêng của thiết bị luôn có hiệu lực.</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>Quy tắc</translation>
        </message>
        <message>
            <source>Rule for battles</source>
            <translation>Quy tắc cho trận PK</translation>
        </message>
        <message>
            <source>Rule for new followers</source>
            <translation>Quy tắc cho người theo dõi mới</translation>
        </message>
        <message>
            <source>Rule for shares</source>
            <translation>Quy tắc cho lượt chia sẻ</translation>
        </message>
        <message>
            <source>Rule for subscriptions</source>
            <translation>Quy tắc cho lượt đăng ký</translation>
        </message>
        <message>
            <source>Rule for the LIVE</source>
            <translation>Quy tắc cho buổi LIVE</translation>
        </message>
        <message>
            <source>Rule for who joins</source>
            <translation>Quy tắc cho người vào xem</translation>
        </message>
        <message>
            <source>Rule for {gift}</source>
            <translation>Quy tắc cho {gift}</translation>
        </message>
        <message>
            <source>Rule for {what}</source>
            <translation>Quy tắc cho {what}</translation>
        </message>
        <message>
            <source>Rule for {what} likes</source>
            <translation>Quy tắc cho {what} lượt thích</translation>
        </message>
        <message>
            <source>Rule for {what} viewers</source>
            <translation>Quy tắc cho {what} người xem</translation>
        </message>
        <message>
            <source>Rule for “{what}”</source>
            <translation>Quy tắc cho “{what}”</translation>
        </message>
        <message>
            <source>Rule on</source>
            <translation>Bật quy tắc</translation>
        </message>
        <message>
            <source>Rule without a name</source>
            <translation>Quy tắc chưa có tên</translation>
        </message>
        <message>
            <source>Rule {id} is missing</source>
            <translation>Thiếu quy tắc {id}</translation>
        </message>
        <message>
            <source>Rules</source>
            <translation>Quy tắc</translation>
        </message>
        <message>
            <source>Rules are paused</source>
            <translation>Đang tạm dừng</translation>
        </message>
        <message>
            <source>Rules are paused. Gifts are still counted.</source>
            <translation>Quy tắc đang tạm dừng. Quà vẫn được tính.</translation>
        </message>
        <message>
            <source>Rules are running</source>
            <translation>Đang chạy</translation>
        </message>
        <message>
            <source>Rules are stopped</source>
            <translation>Đã dừng</translation>
        </message>
        <message>
            <source>Rules can count: spins left, a best score, who was last. Add a variable here, or use “Add to a variable” in a rule.</source>
            <translation>Quy tắc có thể đếm: số lượt quay còn lại, điểm cao nhất, ai là người cuối. Thêm biến ở đây, hoặc dùng “Cộng vào biến” trong quy tắc.</translation>
        </message>
        <message>
            <source>Rules can keep gifts that could not run, because of STOP, a pause or a device that was away. Turn it on in a rule under LIMITS.</source>
            <translation>Quy tắc có thể ghi nợ quà chưa chạy được vì DỪNG, tạm dừng hoặc thiết bị mất kết nối. Bật trong quy tắc ở phần GIỚI HẠN.</translation>
        </message>
        <message>
            <source>Rules go on in the tray. Choose Quit there to stop everything.</source>
            <translation>Quy tắc vẫn chạy trong khay hệ thống. Chọn Thoát ở đó để dừng tất cả.</translation>
        </message>
        <message>
            <source>Rules ran</source>
            <translation>Số lần chạy</translation>
        </message>
        <message>
            <source>Rules start it like a device. It ends by itself, and STOP ends it at once.</source>
            <translation>Quy tắc chạy cảnh như một thiết bị. Cảnh tự kết thúc, và nút DỪNG dừng ngay.</translation>
        </message>
        <message>
            <source>Rules that need it are left out.</source>
            <translation>Các quy tắc cần đến nó sẽ bị bỏ qua.</translation>
        </message>
        <message>
            <source>Rules that send web requests can name a secret, such as the key of a service.</source>
            <translation>Quy tắc gửi yêu cầu web có thể dùng một khóa bí mật, ví dụ khóa của một dịch vụ.</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Lần chạy</translation>
        </message>
        <message>
            <source>Run an effect</source>
            <translation>Chạy hiệu ứng</translation>
        </message>
        <message>
            <source>Run another rule</source>
            <translation>Chạy quy tắc khác</translation>
        </message>
        <message>
            <source>Run beside it, start anew, wait until it is over, or do nothing.</source>
            <translation>Chạy song song, bắt đầu lại, chờ xong, hoặc không làm gì.</translation>
        </message>
        <message>
            <source>Running on port {port}</source>
            <translation>Đang chạy ở cổng {port}</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>Đang chạy</translation>
        </message>
        <message>
            <source>Runs only while you hold it, {n} s at most.</source>
            <translation>Chỉ chạy khi bạn giữ, tối đa {n} giây.</translation>
        </message>
        <message>
            <source>Runs, {left} left</source>
            <translation>Đang chạy, còn {left}</translation>
        </message>
        <message>
            <source>SAFETY</source>
            <translation>AN TOÀN</translation>
        </message>
        <message>
            <source>SECRETS OF WEB REQUESTS</source>
            <translation>KHÓA BÍ MẬT CỦA YÊU CẦU WEB</translation>
        </message>
        <message>
            <source>SEEN ON YOUR STREAM</source>
            <translation>ĐÃ THẤY TRONG BUỔI LIVE</translation>
        </message>
        <message>
            <source>SENT</source>
            <translation>ĐÃ GỬI</translation>
        </message>
        <message>
            <source>SOUND AND SPEECH</source>
            <translation>ÂM THANH VÀ GIỌNG ĐỌC</translation>
        </message>
        <message>
            <source>SOUND, SCREEN AND MESSAGES</source>
            <translation>ÂM THANH, MÀN HÌNH VÀ TIN BÁO</translation>
        </message>
        <message>
            <source>STEPS</source>
            <translation>CÁC BƯỚC</translation>
        </message>
        <message>
            <source>STOP ALL</source>
            <translation>DỪNG HẾT</translation>
        </message>
        <message>
            <source>STOP when the LIVE ends</source>
            <translation>DỪNG khi buổi LIVE kết thúc</translation>
        </message>
        <message>
            <source>STOP would come too late while this board looks for its end switches. Switch on EMERGENCY_PARSER in Marlin, or do not use them.</source>
            <translation>Khi bo này đang tìm công tắc hành trình, lệnh DỪNG sẽ đến quá muộn. Hãy bật EMERGENCY_PARSER trong Marlin, hoặc đừng dùng công tắc hành trình.</translation>
        </message>
        <message>
            <source>Saturday</source>
            <translation>Thứ Bảy</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Lưu</translation>
        </message>
        <message>
            <source>Save as a pack</source>
            <translation>Lưu thành gói</translation>
        </message>
        <message>
            <source>Save as a pack…</source>
            <translation>Lưu thành gói…</translation>
        </message>
        <message>
            <source>Save as table (CSV)</source>
            <translation>Lưu thành bảng (CSV)</translation>
        </message>
        <message>
            <source>Save there and let the device restart. It logs in after a few seconds.</source>
            <translation>Lưu ở đó và để thiết bị khởi động lại. Nó đăng nhập sau vài giây.</translation>
        </message>
        <message>
            <source>Save there; it logs in at once. It can then read and switch everything at this broker.</source>
            <translation>Lưu ở đó; nó đăng nhập ngay. Khi đó nó đọc và bật tắt được mọi thứ tại máy chủ MQTT này.</translation>
        </message>
        <message>
            <source>Save there; most devices restart then and log in after a few seconds.</source>
            <translation>Lưu ở đó; phần lớn thiết bị sẽ khởi động lại và đăng nhập sau vài giây.</translation>
        </message>
        <message>
            <source>Save, then restart Zigbee2MQTT. One login serves all devices behind it.</source>
            <translation>Lưu, rồi khởi động lại Zigbee2MQTT. Mọi thiết bị phía sau nó dùng chung một tài khoản.</translation>
        </message>
        <message>
            <source>Saved as {name}.</source>
            <translation>Đã lưu thành {name}.</translation>
        </message>
        <message>
            <source>Saved keys can be read again.</source>
            <translation>Đã đọc lại được các khóa đã lưu.</translation>
        </message>
        <message>
            <source>Saved.</source>
            <translation>Đã lưu.</translation>
        </message>
        <message>
            <source>Saved. It is connected anew.</source>
            <translation>Đã lưu. Đang kết nối lại.</translation>
        </message>
        <message>
            <source>Saved: {file}</source>
            <translation>Đã lưu: {file}</translation>
        </message>
        <message>
            <source>Saving, {n} rows…</source>
            <translation>Đang lưu, {n} dòng…</translation>
        </message>
        <message>
            <source>Say what the channels of this lamp do, such as: d r g b</source>
            <translation>Hãy ghi các kênh của đèn này làm gì, ví dụ: d r g b</translation>
        </message>
        <message>
            <source>Say where the device is.</source>
            <translation>Hãy cho biết thiết bị ở đâu.</translation>
        </message>
        <message>
            <source>Say which value answers.</source>
            <translation>Hãy cho biết giá trị nào trả lời.</translation>
        </message>
        <message>
            <source>Say which value is written to.</source>
            <translation>Hãy cho biết ghi vào giá trị nào.</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>Cảnh</translation>
        </message>
        <message>
            <source>Scenes and sources of OBS, shown for a while and then as before.</source>
            <translation>Cảnh và nguồn của OBS, hiện một lúc rồi trở lại như trước.</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Tìm</translation>
        </message>
        <message>
            <source>Search by name in any language, number or price</source>
            <translation>Tìm theo tên (mọi ngôn ngữ), số hoặc giá</translation>
        </message>
        <message>
            <source>Search for a family of devices</source>
            <translation>Tìm loại thiết bị</translation>
        </message>
        <message>
            <source>Search for less, or show all.</source>
            <translation>Hãy tìm ít từ hơn hoặc hiện tất cả.</translation>
        </message>
        <message>
            <source>Search for less: a part of a name is enough.</source>
            <translation>Hãy tìm ngắn hơn: chỉ cần một phần của tên.</translation>
        </message>
        <message>
            <source>Search gifts</source>
            <translation>Tìm quà</translation>
        </message>
        <message>
            <source>Search rules</source>
            <translation>Tìm quy tắc</translation>
        </message>
        <message>
            <source>Search viewers</source>
            <translation>Tìm người xem</translation>
        </message>
        <message>
            <source>Search viewers and gifts</source>
            <translation>Tìm người xem và quà</translation>
        </message>
        <message>
            <source>Search, or write a new name</source>
            <translation>Tìm hoặc nhập tên mới</translation>
        </message>
        <message>
            <source>Search, or write any name</source>
            <translation>Tìm hoặc nhập tên bất kỳ</translation>
        </message>
        <message>
            <source>Search: relay, WLED, DMX…</source>
            <translation>Tìm: rơ-le, WLED, DMX…</translation>
        </message>
        <message>
            <source>Second line (RTS)</source>
            <translation>Chân thứ hai (RTS)</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>Giây</translation>
        </message>
        <message>
            <source>Seconds on</source>
            <translation>Số giây bật</translation>
        </message>
        <message>
            <source>Seconds since the LIVE began</source>
            <translation>Số giây từ khi LIVE bắt đầu</translation>
        </message>
        <message>
            <source>Seconds to look for toys</source>
            <translation>Số giây tìm đồ chơi</translation>
        </message>
        <message>
            <source>Secret</source>
            <translation>Khóa bí mật</translation>
        </message>
        <message>
            <source>See what your rules do with a whole stream</source>
            <translation>Xem các quy tắc làm gì với cả một buổi LIVE</translation>
        </message>
        <message>
            <source>Seen after {n} ms</source>
            <translation>Thấy sau {n} ms</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Gửi</translation>
        </message>
        <message>
            <source>Send a message over MQTT, to home devices for example.</source>
            <translation>Gửi tin nhắn qua MQTT, ví dụ tới thiết bị trong nhà.</translation>
        </message>
        <message>
            <source>Send an MQTT message</source>
            <translation>Gửi tin MQTT</translation>
        </message>
        <message>
            <source>Sender follows you</source>
            <translation>Người gửi theo dõi bạn</translation>
        </message>
        <message>
            <source>Sender gave in this LIVE</source>
            <translation>Người gửi đã tặng trong buổi LIVE này</translation>
        </message>
        <message>
            <source>Sender is a moderator</source>
            <translation>Người gửi là người kiểm duyệt</translation>
        </message>
        <message>
            <source>Sender is a subscriber</source>
            <translation>Người gửi đã đăng ký</translation>
        </message>
        <message>
            <source>Sender is a team member</source>
            <translation>Người gửi thuộc đội fan</translation>
        </message>
        <message>
            <source>Sender is a top gifter</source>
            <translation>Người gửi thuộc nhóm tặng nhiều nhất</translation>
        </message>
        <message>
            <source>Sender is new</source>
            <translation>Người gửi mới</translation>
        </message>
        <message>
            <source>Sender is on a list</source>
            <translation>Người gửi trong danh sách</translation>
        </message>
        <message>
            <source>Sensor</source>
            <translation>Cảm biến</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Đã gửi</translation>
        </message>
        <message>
            <source>Sent again, marked as practice.</source>
            <translation>Đã gửi lại, được đánh dấu là chạy thử.</translation>
        </message>
        <message>
            <source>Sent by STOP. Empty: every output is switched off by its own command.</source>
            <translation>Gửi khi bấm DỪNG. Để trống: từng đầu ra được tắt bằng lệnh riêng.</translation>
        </message>
        <message>
            <source>Sent, can repeat</source>
            <translation>Đã gửi, bấm lại</translation>
        </message>
        <message>
            <source>Separated by commas, such as Confetti, Main/Camera. Empty: all.</source>
            <translation>Cách nhau bằng dấu phẩy, ví dụ Confetti, Main/Camera. Để trống: tất cả.</translation>
        </message>
        <message>
            <source>Separated by commas, such as light.desk, switch.fan. Only these are used.</source>
            <translation>Cách nhau bằng dấu phẩy, ví dụ light.desk, switch.fan. Chỉ những cái này được dùng.</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>Máy chủ</translation>
        </message>
        <message>
            <source>Service after</source>
            <translation>Bảo trì sau</translation>
        </message>
        <message>
            <source>Serviced</source>
            <translation>Đã bảo trì</translation>
        </message>
        <message>
            <source>Servo</source>
            <translation>Servo</translation>
        </message>
        <message>
            <source>Set a level</source>
            <translation>Đặt mức</translation>
        </message>
        <message>
            <source>Set a variable</source>
            <translation>Đặt biến</translation>
        </message>
        <message>
            <source>Set aside</source>
            <translation>Để riêng</translation>
        </message>
        <message>
            <source>Set to {most}</source>
            <translation>Đặt thành {most}</translation>
        </message>
        <message>
            <source>Set up the MQTT broker above first.</source>
            <translation>Hãy thiết lập máy chủ MQTT ở trên trước.</translation>
        </message>
        <message>
            <source>Set. Write here to change it</source>
            <translation>Đã đặt. Nhập vào đây để đổi</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Cài đặt</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>Cài đặt…</translation>
        </message>
        <message>
            <source>Several conditions of which one is enough.</source>
            <translation>Nhiều điều kiện, chỉ cần một điều đúng.</translation>
        </message>
        <message>
            <source>Several conditions that must all be met.</source>
            <translation>Nhiều điều kiện phải cùng đúng.</translation>
        </message>
        <message>
            <source>Share your variables with it</source>
            <translation>Dùng chung biến của bạn</translation>
        </message>
        <message>
            <source>Shares</source>
            <translation>Lượt chia sẻ</translation>
        </message>
        <message>
            <source>Shares are grouped every 10 s</source>
            <translation>Lượt chia sẻ được gộp mỗi 10 giây</translation>
        </message>
        <message>
            <source>Shelly</source>
            <translation>Shelly</translation>
        </message>
        <message>
            <source>Shines in colours</source>
            <translation>Sáng nhiều màu</translation>
        </message>
        <message>
            <source>Shock</source>
            <translation>Giật điện</translation>
        </message>
        <message>
            <source>Shocker</source>
            <translation>Vòng giật</translation>
        </message>
        <message>
            <source>Shocker {id} is there twice.</source>
            <translation>Vòng giật {id} bị nhập hai lần.</translation>
        </message>
        <message>
            <source>Shockers</source>
            <translation>Vòng giật</translation>
        </message>
        <message>
            <source>Shots when full</source>
            <translation>Số phát khi đầy</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Hiện</translation>
        </message>
        <message>
            <source>Show a colour</source>
            <translation>Hiện một màu</translation>
        </message>
        <message>
            <source>Show a line in your LIVE picture, through the overlay.</source>
            <translation>Hiện một dòng chữ trên màn hình LIVE.</translation>
        </message>
        <message>
            <source>Show a notification</source>
            <translation>Hiện thông báo</translation>
        </message>
        <message>
            <source>Show a notification on this computer, for you alone.</source>
            <translation>Hiện thông báo trên máy này, chỉ mình bạn thấy.</translation>
        </message>
        <message>
            <source>Show a text on screen</source>
            <translation>Hiện chữ trên màn hình LIVE</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Hiện tất cả</translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln outputs</source>
            <translation>
                <numerusform>Hiện cả %Ln đầu ra</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln rule(s)</source>
            <translation>
                <numerusform>Hiện cả %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message>
            <source>Show as table</source>
            <translation>Xem dạng bảng</translation>
        </message>
        <message>
            <source>Show fewer</source>
            <translation>Hiện ít hơn</translation>
        </message>
        <message>
            <source>Show file</source>
            <translation>Mở tệp</translation>
        </message>
        <message>
            <source>Show how full its battery is, if it tells.</source>
            <translation>Hiện pin còn bao nhiêu, nếu thiết bị cho biết.</translation>
        </message>
        <message>
            <source>Show my devices in Home Assistant</source>
            <translation>Hiện thiết bị của tôi trong Home Assistant</translation>
        </message>
        <message>
            <source>Show rule</source>
            <translation>Xem quy tắc</translation>
        </message>
        <message>
            <source>Show rule of {name}</source>
            <translation>Xem quy tắc của {name}</translation>
        </message>
        <message>
            <source>Show the rule</source>
            <translation>Xem quy tắc</translation>
        </message>
        <message>
            <source>Side</source>
            <translation>Nhánh song song</translation>
        </message>
        <message>
            <source>Sign server key</source>
            <translation>Khóa máy chủ xác thực</translation>
        </message>
        <message>
            <source>Signal</source>
            <translation>Tín hiệu</translation>
        </message>
        <message>
            <source>Since {time}.</source>
            <translation>Từ lúc {time}.</translation>
        </message>
        <message>
            <source>Siren</source>
            <translation>Còi báo</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Cỡ</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Bỏ qua</translation>
        </message>
        <message>
            <source>Skip the rules that need it</source>
            <translation>Bỏ các quy tắc cần đến nó</translation>
        </message>
        <message>
            <source>Skip {name}</source>
            <translation>Bỏ qua {name}</translation>
        </message>
        <message>
            <source>Skipped or failed</source>
            <translation>Bị bỏ qua hoặc lỗi</translation>
        </message>
        <message>
            <source>Small, medium, big or huge gifts, whatever they are called.</source>
            <translation>Quà nhỏ, vừa, lớn hay rất lớn, bất kể tên gì.</translation>
        </message>
        <message>
            <source>So much happened at once that not every row is listed. Every gift was counted and every rule ran.</source>
            <translation>Quá nhiều việc xảy ra cùng lúc nên không hiện hết các dòng. Mọi món quà vẫn được tính và mọi quy tắc vẫn chạy.</translation>
        </message>
        <message>
            <source>Some events may be missing.</source>
            <translation>Có thể thiếu vài sự kiện.</translation>
        </message>
        <message>
            <source>Somebody</source>
            <translation>Ai đó</translation>
        </message>
        <message>
            <source>Someone joins</source>
            <translation>Có người vào xem</translation>
        </message>
        <message>
            <source>Something a device measures goes above or below a line.</source>
            <translation>Số đo của thiết bị vượt lên hoặc xuống dưới một mức.</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>Loại khác</translation>
        </message>
        <message>
            <source>Something else, or mains voltage</source>
            <translation>Thứ khác, hoặc điện lưới</translation>
        </message>
        <message>
            <source>Something is not applied yet. The rule is tried as it runs now.</source>
            <translation>Có chỗ chưa được áp dụng. Quy tắc được thử theo bản đang chạy.</translation>
        </message>
        <message>
            <source>Something that gets hot</source>
            <translation>Thứ tỏa nhiệt</translation>
        </message>
        <message>
            <source>Something that moves</source>
            <translation>Thứ chuyển động</translation>
        </message>
        <message>
            <source>Something was done</source>
            <translation>Có thực hiện</translation>
        </message>
        <message>
            <source>Something went wrong inside. Try again; the log files tell more.</source>
            <translation>Đã xảy ra lỗi bên trong. Hãy thử lại; xem thêm trong tệp nhật ký.</translation>
        </message>
        <message>
            <source>Something went wrong while playing. The log files tell more.</source>
            <translation>Có lỗi trong lúc phát. Xem thêm trong tệp nhật ký.</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Âm thanh</translation>
        </message>
        <message>
            <source>Sounds are off. Raise their loudness first.</source>
            <translation>Âm thanh đang tắt. Hãy tăng âm lượng trước.</translation>
        </message>
        <message>
            <source>Sounds are turned off, so this is silent. Raise their loudness in Settings.</source>
            <translation>Âm thanh đang tắt nên bước này im lặng. Hãy tăng độ to trong Cài đặt.</translation>
        </message>
        <message>
            <source>Sounds are turned off. Raise their loudness.</source>
            <translation>Âm thanh đang tắt. Hãy tăng độ to.</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Nguồn</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>Nguồn</translation>
        </message>
        <message>
            <source>Special effect</source>
            <translation>Hiệu ứng đặc biệt</translation>
        </message>
        <message>
            <source>Speech</source>
            <translation>Đọc thành tiếng</translation>
        </message>
        <message>
            <source>Speech is off. Raise its loudness first.</source>
            <translation>Giọng đọc đang tắt. Hãy tăng âm lượng trước.</translation>
        </message>
        <message>
            <source>Speech is turned off, so nothing is read. Raise its loudness in Settings.</source>
            <translation>Giọng đọc đang tắt nên không đọc gì. Hãy tăng độ to trong Cài đặt.</translation>
        </message>
        <message>
            <source>Speech is turned off. Raise its loudness.</source>
            <translation>Giọng đọc đang tắt. Hãy tăng độ to.</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Tốc độ</translation>
        </message>
        <message>
            <source>Spin for roses</source>
            <translation>Quay khi có hoa hồng</translation>
        </message>
        <message>
            <source>Stage lights behind an Art-Net box, WLED or a light program on the network.</source>
            <translation>Đèn sân khấu sau hộp Art-Net, WLED hoặc phần mềm điều khiển đèn trong mạng.</translation>
        </message>
        <message>
            <source>Stage lights behind an sACN box, WLED or a light program on the network.</source>
            <translation>Đèn sân khấu sau hộp sACN, WLED hoặc phần mềm điều khiển đèn trong mạng.</translation>
        </message>
        <message>
            <source>Stage lights on a DMX USB Pro box, from Enttec or DMXking.</source>
            <translation>Đèn sân khấu nối vào hộp DMX USB Pro của Enttec hoặc DMXking.</translation>
        </message>
        <message>
            <source>Stage lights on a simple USB to DMX cable with an FTDI chip.</source>
            <translation>Đèn sân khấu nối qua cáp USB sang DMX đơn giản có chip FTDI.</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>Ngôi sao</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Bắt đầu</translation>
        </message>
        <message>
            <source>Start Giftwire with another folder. Until then nothing is remembered after you quit.</source>
            <translation>Hãy mở Giftwire với thư mục khác. Cho tới lúc đó, mọi thứ sẽ mất khi bạn thoát.</translation>
        </message>
        <message>
            <source>Start Giftwire with the right passphrase, or enter the keys again.</source>
            <translation>Hãy mở Giftwire với đúng mật khẩu, hoặc nhập lại các khóa.</translation>
        </message>
        <message>
            <source>Start address</source>
            <translation>Địa chỉ bắt đầu</translation>
        </message>
        <message>
            <source>Start an effect that the device brings along.</source>
            <translation>Chạy một hiệu ứng có sẵn trong thiết bị.</translation>
        </message>
        <message>
            <source>Start and end</source>
            <translation>Bắt đầu và kết thúc</translation>
        </message>
        <message>
            <source>Start the engine</source>
            <translation>Bật phần chạy nền</translation>
        </message>
        <message>
            <source>Start-up time (s)</source>
            <translation>Thời gian khởi động (giây)</translation>
        </message>
        <message>
            <source>Starter packs and import</source>
            <translation>Gói có sẵn và nhập từ tệp</translation>
        </message>
        <message>
            <source>Starter packs and import…</source>
            <translation>Gói có sẵn và nhập từ tệp…</translation>
        </message>
        <message>
            <source>Starting the engine…</source>
            <translation>Đang bật phần chạy nền…</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Đang khởi động…</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Trạng thái</translation>
        </message>
        <message>
            <source>State of a device</source>
            <translation>Trạng thái thiết bị</translation>
        </message>
        <message>
            <source>State off</source>
            <translation>Trạng thái tắt</translation>
        </message>
        <message>
            <source>State on</source>
            <translation>Trạng thái bật</translation>
        </message>
        <message>
            <source>Stay stopped</source>
            <translation>Vẫn dừng</translation>
        </message>
        <message>
            <source>Step and direction (A4988, DRV8825, TMC2209)</source>
            <translation>Step và dir (A4988, DRV8825, TMC2209)</translation>
        </message>
        <message>
            <source>Step and direction, or the four wires in their order.</source>
            <translation>Step và dir, hoặc bốn dây theo đúng thứ tự.</translation>
        </message>
        <message>
            <source>Step {n}</source>
            <translation>Bước {n}</translation>
        </message>
        <message>
            <source>Stepper motor</source>
            <translation>Động cơ bước</translation>
        </message>
        <message>
            <source>Stepper motors</source>
            <translation>Động cơ bước</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Các bước</translation>
        </message>
        <message>
            <source>Steps a round</source>
            <translation>Số bước mỗi vòng</translation>
        </message>
        <message>
            <source>Still looking…</source>
            <translation>Vẫn đang tìm…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Dừng</translation>
        </message>
        <message>
            <source>Stop a device</source>
            <translation>Dừng thiết bị</translation>
        </message>
        <message>
            <source>Stop every device at once ({keys})</source>
            <translation>Dừng ngay mọi thiết bị ({keys})</translation>
        </message>
        <message>
            <source>Stop here</source>
            <translation>Dừng tại đây</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Đã dừng</translation>
        </message>
        <message>
            <source>Stopped here</source>
            <translation>Dừng ở đây</translation>
        </message>
        <message>
            <source>Stream</source>
            <translation>Buổi LIVE</translation>
        </message>
        <message>
            <source>Strength from 0 to 100 %</source>
            <translation>Mức từ 0 đến 100 %</translation>
        </message>
        <message>
            <source>Strip</source>
            <translation>Dây đèn</translation>
        </message>
        <message>
            <source>Subscriber</source>
            <translation>Người đăng ký</translation>
        </message>
        <message>
            <source>Subscriptions</source>
            <translation>Lượt đăng ký</translation>
        </message>
        <message>
            <source>Sunday</source>
            <translation>Chủ nhật</translation>
        </message>
        <message>
            <source>Switch Giftwire's own broker on?</source>
            <translation>Bật máy chủ MQTT của Giftwire?</translation>
        </message>
        <message>
            <source>Switch a relay or a plug on for some seconds, then off.</source>
            <translation>Bật rơ-le hay ổ cắm trong vài giây rồi tắt.</translation>
        </message>
        <message>
            <source>Switch it on for my home network</source>
            <translation>Bật cho mạng nhà tôi</translation>
        </message>
        <message>
            <source>Switch it on, bring it closer, and close its own app on your phone.</source>
            <translation>Hãy bật thiết bị, để gần hơn và đóng ứng dụng riêng của nó trên điện thoại.</translation>
        </message>
        <message>
            <source>Switch it on: Devices, Wi-Fi devices.</source>
            <translation>Hãy bật nó: Thiết bị, Thiết bị Wi-Fi.</translation>
        </message>
        <message>
            <source>Switch it on; we connect by ourselves.</source>
            <translation>Hãy bật lên; ứng dụng tự kết nối.</translation>
        </message>
        <message>
            <source>Switch off</source>
            <translation>Tắt</translation>
        </message>
        <message>
            <source>Switch off an output that is on.</source>
            <translation>Tắt một đầu ra đang bật.</translation>
        </message>
        <message>
            <source>Switch off what sends pictures or updates.</source>
            <translation>Hãy tắt phần gửi hình ảnh hoặc bản cập nhật.</translation>
        </message>
        <message>
            <source>Switch on</source>
            <translation>Bật</translation>
        </message>
        <message>
            <source>Switch on and off</source>
            <translation>Bật và tắt</translation>
        </message>
        <message>
            <source>Switch the broker off?</source>
            <translation>Tắt máy chủ MQTT?</translation>
        </message>
        <message>
            <source>Switch to profile {name}</source>
            <translation>Chuyển sang bộ quy tắc {name}</translation>
        </message>
        <message>
            <source>Switches on and off</source>
            <translation>Bật và tắt</translation>
        </message>
        <message>
            <source>System: as this computer is set.</source>
            <translation>Hệ thống: theo cài đặt của máy này.</translation>
        </message>
        <message>
            <source>System: the language of this computer.</source>
            <translation>Hệ thống: theo ngôn ngữ của máy này.</translation>
        </message>
        <message>
            <source>TEST THIS RULE</source>
            <translation>THỬ QUY TẮC NÀY</translation>
        </message>
        <message>
            <source>THE STREAM OVER TIME</source>
            <translation>BUỔI LIVE THEO THỜI GIAN</translation>
        </message>
        <message>
            <source>THIS STREAM</source>
            <translation>BUỔI LIVE NÀY</translation>
        </message>
        <message>
            <source>TIME AND STREAM</source>
            <translation>THỜI GIAN VÀ BUỔI LIVE</translation>
        </message>
        <message>
            <source>Tables (*.csv)</source>
            <translation>Bảng (*.csv)</translation>
        </message>
        <message>
            <source>Take any certificate</source>
            <translation>Chấp nhận mọi chứng chỉ</translation>
        </message>
        <message>
            <source>Take it back</source>
            <translation>Rút lại</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>Đích</translation>
        </message>
        <message>
            <source>Tasmota</source>
            <translation>Tasmota</translation>
        </message>
        <message>
            <source>Tasmota, Shelly, WLED, ESPHome and Zigbee2MQTT talk to Giftwire through a broker. Giftwire has one of its own: nothing to install.</source>
            <translation>Tasmota, Shelly, WLED, ESPHome và Zigbee2MQTT nói chuyện với Giftwire qua một máy chủ MQTT. Giftwire có sẵn máy chủ MQTT riêng: không cần cài gì.</translation>
        </message>
        <message>
            <source>Tell a website or another program over a web address.</source>
            <translation>Báo cho trang web hay chương trình khác qua địa chỉ web.</translation>
        </message>
        <message>
            <source>Tells the device to stay off when its power comes back.</source>
            <translation>Báo cho thiết bị giữ trạng thái tắt khi có điện lại.</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Nhiệt độ</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Thử</translation>
        </message>
        <message>
            <source>Test by hand</source>
            <translation>Thử bằng tay</translation>
        </message>
        <message>
            <source>Test this rule</source>
            <translation>Thử quy tắc này</translation>
        </message>
        <message>
            <source>Test: flash</source>
            <translation>Thử: nháy</translation>
        </message>
        <message>
            <source>Test: {n} s</source>
            <translation>Thử: {n} giây</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Nội dung</translation>
        </message>
        <message>
            <source>Text for off</source>
            <translation>Nội dung khi tắt</translation>
        </message>
        <message>
            <source>Text for on</source>
            <translation>Nội dung khi bật</translation>
        </message>
        <message>
            <source>Text on the stream</source>
            <translation>Chữ trên màn hình LIVE</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Cỡ chữ</translation>
        </message>
        <message>
            <source>Text when it is gone</source>
            <translation>Nội dung khi mất kết nối</translation>
        </message>
        <message>
            <source>Text when it is there</source>
            <translation>Nội dung khi còn kết nối</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>Các cụm từ</translation>
        </message>
        <message>
            <source>Thank you for the rose!</source>
            <translation>Cảm ơn bạn đã tặng hoa hồng!</translation>
        </message>
        <message>
            <source>That did not work ({code}).</source>
            <translation>Không thực hiện được ({code}).</translation>
        </message>
        <message>
            <source>That did not work.</source>
            <translation>Không thực hiện được.</translation>
        </message>
        <message>
            <source>That did not work: {why}.</source>
            <translation>Không thực hiện được: {why}.</translation>
        </message>
        <message>
            <source>That does not fit: {why}</source>
            <translation>Không phù hợp: {why}</translation>
        </message>
        <message>
            <source>That name is taken. Choose another name.</source>
            <translation>Tên này đã có rồi. Hãy chọn tên khác.</translation>
        </message>
        <message>
            <source>That took part</source>
            <translation>Có tham gia</translation>
        </message>
        <message>
            <source>The Bluetooth device cannot be seen.</source>
            <translation>Không tìm thấy thiết bị Bluetooth.</translation>
        </message>
        <message>
            <source>The LIVE begins</source>
            <translation>LIVE bắt đầu</translation>
        </message>
        <message>
            <source>The LIVE ends</source>
            <translation>LIVE kết thúc</translation>
        </message>
        <message>
            <source>The LIVE has ended.</source>
            <translation>Buổi LIVE đã kết thúc.</translation>
        </message>
        <message>
            <source>The address is copied. In OBS, add it as a browser source.</source>
            <translation>Đã sao chép địa chỉ. Trong OBS, hãy thêm làm nguồn trình duyệt.</translation>
        </message>
        <message>
            <source>The address must begin with http:// or https://, with a name or number behind it.</source>
            <translation>Địa chỉ phải bắt đầu bằng http:// hoặc https://, theo sau là tên hoặc địa chỉ số.</translation>
        </message>
        <message>
            <source>The address must begin with ws:// or wss://, with a name or number behind it.</source>
            <translation>Địa chỉ phải bắt đầu bằng ws:// hoặc wss://, theo sau là tên hoặc địa chỉ số.</translation>
        </message>
        <message>
            <source>The address of {host} holds a user name or password. Leave them out and use a secret.</source>
            <translation>Địa chỉ của {host} chứa tên đăng nhập hoặc mật khẩu. Hãy bỏ ra và dùng khóa bí mật.</translation>
        </message>
        <message>
            <source>The address {url} is written in an odd way. Write it out in full.</source>
            <translation>Địa chỉ {url} được viết bất thường. Hãy viết đầy đủ.</translation>
        </message>
        <message>
            <source>The board does not tell how far a step goes. Fill in the millimetres of a round in its settings.</source>
            <translation>Bo không báo mỗi bước đi được bao xa. Hãy điền số milimét mỗi vòng trong cài đặt.</translation>
        </message>
        <message>
            <source>The board has no axis {axis}. Choose another in its settings.</source>
            <translation>Bo không có trục {axis}. Hãy chọn trục khác trong cài đặt.</translation>
        </message>
        <message>
            <source>The board refuses this (Modbus error {code}). Check its kind and how many relays it has.</source>
            <translation>Bo từ chối lệnh này (lỗi Modbus {code}). Hãy kiểm tra loại bo và số rơ-le.</translation>
        </message>
        <message>
            <source>The board restarted. Check its power and its cable; we connect by ourselves.</source>
            <translation>Bo vừa khởi động lại. Hãy kiểm tra nguồn và cáp; ứng dụng sẽ tự kết nối.</translation>
        </message>
        <message>
            <source>The board runs another sketch. Load Giftwire's onto it, or add the board as another kind.</source>
            <translation>Bo đang chạy chương trình khác. Hãy nạp chương trình của Giftwire, hoặc thêm bo theo loại khác.</translation>
        </message>
        <message>
            <source>The board's identity, or the name of a port such as COM3.</source>
            <translation>Mã nhận dạng của bo mạch, hoặc tên cổng như COM3.</translation>
        </message>
        <message>
            <source>The board's number: 1 for most, 255 for LCTech.</source>
            <translation>Số của bo: thường là 1, LCTech là 255.</translation>
        </message>
        <message>
            <source>The box's address, such as 192.168.1.50; 255.255.255.255 is all of them.</source>
            <translation>Địa chỉ của hộp, ví dụ 192.168.1.50; 255.255.255.255 là gửi cho tất cả.</translation>
        </message>
        <message>
            <source>The broker answers.</source>
            <translation>Máy chủ MQTT trả lời.</translation>
        </message>
        <message>
            <source>The broker does not answer. Check name, port and encryption.</source>
            <translation>Máy chủ MQTT không trả lời. Hãy kiểm tra tên, cổng và mã hóa.</translation>
        </message>
        <message>
            <source>The broker does not answer. Giftwire goes on trying.</source>
            <translation>Máy chủ MQTT không trả lời. Giftwire vẫn thử tiếp.</translation>
        </message>
        <message>
            <source>The broker does not let us in. Look into its log, and try another broker or port.</source>
            <translation>Máy chủ MQTT không cho ứng dụng vào. Hãy xem nhật ký của nó, hoặc thử máy chủ hay cổng khác.</translation>
        </message>
        <message>
            <source>The broker does not let us listen to {topic}. Check what this user may read there.</source>
            <translation>Máy chủ MQTT không cho nghe {topic}. Hãy kiểm tra tài khoản này được đọc gì ở đó.</translation>
        </message>
        <message>
            <source>The broker is there, but the device does not answer. Check its topic or name, and its power.</source>
            <translation>Máy chủ MQTT có đó nhưng thiết bị không trả lời. Hãy kiểm tra chủ đề hoặc tên, và nguồn của thiết bị.</translation>
        </message>
        <message>
            <source>The broker refuses. Check user and password.</source>
            <translation>Máy chủ MQTT từ chối. Hãy kiểm tra tài khoản và mật khẩu.</translation>
        </message>
        <message>
            <source>The broker stopped.</source>
            <translation>Máy chủ MQTT đã dừng.</translation>
        </message>
        <message>
            <source>The broker takes no more messages. Check the network.</source>
            <translation>Máy chủ MQTT không nhận thêm tin. Hãy kiểm tra mạng.</translation>
        </message>
        <message>
            <source>The button appears on the Live page under this name.</source>
            <translation>Nút hiện trên trang Trực tiếp với tên này.</translation>
        </message>
        <message>
            <source>The button opens</source>
            <translation>Nút ngắt mạch khi bấm</translation>
        </message>
        <message>
            <source>The change could not be saved. It works until you quit.</source>
            <translation>Không lưu được thay đổi. Nó có hiệu lực tới khi bạn thoát.</translation>
        </message>
        <message>
            <source>The changes made here hold. The other version is kept as {kept}.</source>
            <translation>Thay đổi ở đây có hiệu lực. Bản kia được giữ với tên {kept}.</translation>
        </message>
        <message>
            <source>The clock</source>
            <translation>Đồng hồ</translation>
        </message>
        <message>
            <source>The clock of this computer jumped by {seconds} s.</source>
            <translation>Đồng hồ của máy tính này vừa nhảy {seconds} giây.</translation>
        </message>
        <message>
            <source>The clock shows a time, on the days you choose.</source>
            <translation>Đồng hồ đến một giờ, vào những ngày bạn chọn.</translation>
        </message>
        <message>
            <source>The code of a characteristic that notifies. Empty: it does not answer.</source>
            <translation>Mã của đặc tính có gửi thông báo (notify). Để trống: thiết bị không trả lời.</translation>
        </message>
        <message>
            <source>The code of a characteristic, such as FFE1. Empty: only its battery.</source>
            <translation>Mã của đặc tính (characteristic), như FFE1. Để trống: chỉ xem pin.</translation>
        </message>
        <message>
            <source>The connection broke.</source>
            <translation>Kết nối bị ngắt.</translation>
        </message>
        <message>
            <source>The connection to OBS was cut.</source>
            <translation>Kết nối tới OBS đã bị ngắt.</translation>
        </message>
        <message>
            <source>The connection to TikTok is not safe.</source>
            <translation>Kết nối tới TikTok không an toàn.</translation>
        </message>
        <message>
            <source>The connection to your MQTT broker was cut.</source>
            <translation>Kết nối tới máy chủ MQTT đã bị ngắt.</translation>
        </message>
        <message numerus="yes">
            <source>The connection was lost %Ln time(s) since Giftwire started.</source>
            <translation>
                <numerusform>Mất kết nối %Ln lần từ khi Giftwire chạy.</numerusform>
            </translation>
        </message>
        <message>
            <source>The connection went silent.</source>
            <translation>Kết nối không còn tín hiệu.</translation>
        </message>
        <message>
            <source>The device answers something else.</source>
            <translation>Thiết bị trả lời không đúng.</translation>
        </message>
        <message>
            <source>The device cannot do that. Choose other values.</source>
            <translation>Thiết bị không làm được việc này. Hãy chọn giá trị khác.</translation>
        </message>
        <message>
            <source>The device chosen for “{role}” is not there or cannot do this.</source>
            <translation>Thiết bị chọn cho “{role}” không có hoặc không làm được việc này.</translation>
        </message>
        <message>
            <source>The device did not answer what its settings expect. Check the expected answer.</source>
            <translation>Thiết bị trả lời khác với cài đặt. Hãy kiểm tra câu trả lời mong đợi.</translation>
        </message>
        <message>
            <source>The device does not answer.</source>
            <translation>Thiết bị không trả lời.</translation>
        </message>
        <message>
            <source>The device does not know the effect “{effect}”. It knows “{fitting}”.</source>
            <translation>Thiết bị không biết hiệu ứng “{effect}”. Thiết bị biết “{fitting}”.</translation>
        </message>
        <message>
            <source>The device has left the broker. Check its power and its Wi-Fi; we go on when it is back.</source>
            <translation>Thiết bị đã rời máy chủ MQTT. Hãy kiểm tra nguồn và Wi-Fi của nó; khi nó trở lại, ứng dụng sẽ tiếp tục.</translation>
        </message>
        <message>
            <source>The device has no such output. Look at its card again.</source>
            <translation>Thiết bị không có đầu ra này. Hãy xem lại thẻ của nó.</translation>
        </message>
        <message>
            <source>The device has no value {value}. Check the number, or add the device as another kind.</source>
            <translation>Thiết bị không có giá trị {value}. Hãy kiểm tra mã, hoặc thêm thiết bị theo loại khác.</translation>
        </message>
        <message>
            <source>The device is cooling down. Try again in a moment.</source>
            <translation>Thiết bị đang nghỉ. Hãy thử lại sau giây lát.</translation>
        </message>
        <message>
            <source>The device is not there.</source>
            <translation>Thiết bị không có ở đó.</translation>
        </message>
        <message>
            <source>The device is offline. Check its cable and power.</source>
            <translation>Thiết bị mất kết nối. Hãy kiểm tra dây và nguồn điện.</translation>
        </message>
        <message>
            <source>The device is still busy with the step before, so this one is skipped.</source>
            <translation>Thiết bị còn bận với bước trước nên bước này bị bỏ qua.</translation>
        </message>
        <message>
            <source>The device is too slow for so many commands. Send it fewer.</source>
            <translation>Thiết bị không theo kịp nhiều lệnh như vậy. Hãy gửi ít hơn.</translation>
        </message>
        <message>
            <source>The device refused the command.</source>
            <translation>Thiết bị từ chối lệnh.</translation>
        </message>
        <message>
            <source>The device tells of nothing that can be switched. Check its topic, or add it as another kind.</source>
            <translation>Thiết bị không báo có gì bật tắt được. Hãy kiểm tra chủ đề, hoặc thêm nó theo loại khác.</translation>
        </message>
        <message>
            <source>The device {device} is missing, so this step does nothing.</source>
            <translation>Thiếu thiết bị {device} nên bước này không làm gì.</translation>
        </message>
        <message>
            <source>The device {device} is missing, so this step does nothing. {fitting} can do this.</source>
            <translation>Thiếu thiết bị {device} nên bước này không làm gì. {fitting} làm được việc này.</translation>
        </message>
        <message>
            <source>The device {device} is missing. Choose another one.</source>
            <translation>Thiếu thiết bị {device}. Hãy chọn thiết bị khác.</translation>
        </message>
        <message>
            <source>The device's settings do not fit.</source>
            <translation>Cài đặt của thiết bị không phù hợp.</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>Ổ đĩa đã đầy.</translation>
        </message>
        <message>
            <source>The door for other programs is shut. Open it in Settings.</source>
            <translation>Cổng cho chương trình khác đang đóng. Hãy mở trong Cài đặt.</translation>
        </message>
        <message>
            <source>The door is shut: its port is not free. Choose another one.</source>
            <translation>Chương trình khác chưa gọi được: cổng này đang bận. Hãy chọn cổng khác.</translation>
        </message>
        <message>
            <source>The driver {driver} cannot be used: {error}</source>
            <translation>Không dùng được trình điều khiển {driver}: {error}</translation>
        </message>
        <message>
            <source>The end of your newest stream, as the history has it. Likes and joins are in it only where rules used them.</source>
            <translation>Đoạn cuối buổi LIVE mới nhất, như lịch sử ghi lại. Lượt thích và lượt vào xem chỉ có khi quy tắc dùng đến.</translation>
        </message>
        <message>
            <source>The engine cannot be used.</source>
            <translation>Không dùng được phần chạy nền.</translation>
        </message>
        <message>
            <source>The engine does not know that. Are two versions installed?</source>
            <translation>Phần chạy nền không hiểu yêu cầu này. Có phải máy đang cài hai phiên bản?</translation>
        </message>
        <message>
            <source>The engine is away. Your changes are kept and sent when it is back.</source>
            <translation>Phần chạy nền đang tắt. Thay đổi của bạn được giữ và gửi khi nó chạy lại.</translation>
        </message>
        <message>
            <source>The engine is not connected. Try again in a moment.</source>
            <translation>Chưa kết nối với phần chạy nền. Hãy thử lại sau giây lát.</translation>
        </message>
        <message>
            <source>The engine is starting again.</source>
            <translation>Phần chạy nền đang khởi động lại.</translation>
        </message>
        <message>
            <source>The engine stopped and is starting again.</source>
            <translation>Phần chạy nền đã dừng và đang khởi động lại.</translation>
        </message>
        <message>
            <source>The engine stopped and was started again.</source>
            <translation>Phần chạy nền đã dừng và được khởi động lại.</translation>
        </message>
        <message>
            <source>The engine stopped, and {devices} did not confirm that everything is off.</source>
            <translation>Phần chạy nền đã dừng, và {devices} chưa xác nhận là đã tắt hết.</translation>
        </message>
        <message>
            <source>The engine was turned off.</source>
            <translation>Phần chạy nền đã được tắt.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Không đọc được tệp.</translation>
        </message>
        <message>
            <source>The file cannot be read. Was it moved, or is its drive away?</source>
            <translation>Không đọc được tệp. Tệp đã bị chuyển đi, hay ổ đĩa không còn cắm?</translation>
        </message>
        <message>
            <source>The file could not be written. Choose another folder.</source>
            <translation>Không ghi được tệp. Hãy chọn thư mục khác.</translation>
        </message>
        <message>
            <source>The file could not be written: {why}</source>
            <translation>Không ghi được tệp: {why}</translation>
        </message>
        <message>
            <source>The file is larger than {most} MB, so it is not a pack. Choose another file.</source>
            <translation>Tệp lớn hơn {most} MB nên không phải gói quy tắc. Hãy chọn tệp khác.</translation>
        </message>
        <message>
            <source>The first</source>
            <translation>Bao nhiêu người đầu</translation>
        </message>
        <message>
            <source>The first one that fits is done, and no other.</source>
            <translation>Chỉ làm nhánh đầu tiên phù hợp.</translation>
        </message>
        <message>
            <source>The first {n} are shown.</source>
            <translation>Hiện {n} người đầu.</translation>
        </message>
        <message>
            <source>The gift that is pretended.</source>
            <translation>Món quà được giả lập.</translation>
        </message>
        <message>
            <source>The history cannot be read</source>
            <translation>Không đọc được lịch sử</translation>
        </message>
        <message>
            <source>The history cannot be read now. Try again in a moment.</source>
            <translation>Hiện chưa đọc được lịch sử. Hãy thử lại sau giây lát.</translation>
        </message>
        <message>
            <source>The history cannot be saved.</source>
            <translation>Không lưu được lịch sử.</translation>
        </message>
        <message>
            <source>The history file was damaged.</source>
            <translation>Tệp lịch sử bị hỏng.</translation>
        </message>
        <message>
            <source>The history has nothing of this stream. Choose another one.</source>
            <translation>Lịch sử không có gì về buổi LIVE này. Hãy chọn buổi khác.</translation>
        </message>
        <message>
            <source>The history is being saved again.</source>
            <translation>Lịch sử lại được lưu bình thường.</translation>
        </message>
        <message>
            <source>The history was written by a newer Giftwire.</source>
            <translation>Lịch sử được ghi bởi bản Giftwire mới hơn.</translation>
        </message>
        <message>
            <source>The hub knows no shocker yet. Pair one on PiShock's page.</source>
            <translation>Hub chưa có vòng giật nào. Hãy ghép một vòng trên trang PiShock.</translation>
        </message>
        <message>
            <source>The hub knows no shocker {numbers}. Check the numbers on PiShock's page.</source>
            <translation>Hub không có vòng giật {numbers}. Hãy xem lại số trên trang PiShock.</translation>
        </message>
        <message>
            <source>The keyring of this computer is locked, so saved keys cannot be read.</source>
            <translation>Kho khóa của máy đang khóa nên không đọc được các khóa đã lưu.</translation>
        </message>
        <message>
            <source>The lamp at {one} goes up to channel {end}; the one at {other} would answer to it too. Give one of them another address.</source>
            <translation>Đèn ở địa chỉ {one} dùng đến kênh {end}, nên đèn ở {other} cũng sẽ sáng theo. Hãy đổi địa chỉ một trong hai đèn.</translation>
        </message>
        <message>
            <source>The lamp's manual lists its channels; choose what begins like it.</source>
            <translation>Sách hướng dẫn của đèn có liệt kê các kênh; hãy chọn loại bắt đầu giống như vậy.</translation>
        </message>
        <message>
            <source>The last 60 seconds</source>
            <translation>60 giây vừa qua</translation>
        </message>
        <message>
            <source>The last event: {what}</source>
            <translation>Sự kiện gần nhất: {what}</translation>
        </message>
        <message>
            <source>The machine is looking for its end switches. Wait until it stands.</source>
            <translation>Máy đang tìm công tắc hành trình. Hãy đợi đến khi máy đứng yên.</translation>
        </message>
        <message>
            <source>The message</source>
            <translation>Tin</translation>
        </message>
        <message>
            <source>The name its sketch waits for, such as setGpioStatus or setValue.</source>
            <translation>Tên mà chương trình trên thiết bị chờ, ví dụ setGpioStatus hoặc setValue.</translation>
        </message>
        <message>
            <source>The name of a secret that is sent along as a bearer token.</source>
            <translation>Tên của khóa bí mật được gửi kèm dưới dạng bearer token.</translation>
        </message>
        <message>
            <source>The next gift will show here.</source>
            <translation>Món quà tiếp theo sẽ hiện ở đây.</translation>
        </message>
        <message>
            <source>The number of an input of the board. 0 if there is no button.</source>
            <translation>Số của một đầu vào trên bo mạch. 0 nếu không có nút.</translation>
        </message>
        <message>
            <source>The number of people who watch rises to a line or falls below it.</source>
            <translation>Số người đang xem lên đến một mức hoặc xuống dưới mức đó.</translation>
        </message>
        <message>
            <source>The number of the line, as the box's settings show it. Often 0.</source>
            <translation>Số của đường DMX, như ghi trong cài đặt của hộp. Thường là 0.</translation>
        </message>
        <message>
            <source>The number of the line, as the box's settings show it. Often 1.</source>
            <translation>Số của đường DMX, như ghi trong cài đặt của hộp. Thường là 1.</translation>
        </message>
        <message>
            <source>The number on the board, such as 8 or A0.</source>
            <translation>Số ghi trên bo mạch, ví dụ 8 hoặc A0.</translation>
        </message>
        <message>
            <source>The number the lamp shows or its switches give, 1 to 512.</source>
            <translation>Số hiện trên đèn hoặc đặt bằng công tắc gạt của đèn, từ 1 đến 512.</translation>
        </message>
        <message>
            <source>The one for your Wi-Fi devices. Off: another broker, set up below.</source>
            <translation>Máy chủ MQTT cho các thiết bị Wi-Fi của bạn. Tắt: máy chủ MQTT khác, cài đặt bên dưới.</translation>
        </message>
        <message>
            <source>The other output</source>
            <translation>Đầu ra kia</translation>
        </message>
        <message>
            <source>The overlay is open nowhere. Add its address to OBS as a browser source.</source>
            <translation>Màn hình LIVE chưa mở ở đâu. Hãy thêm địa chỉ của nó vào OBS làm nguồn trình duyệt.</translation>
        </message>
        <message>
            <source>The overlay is turned off, so nobody sees this. Open the door for it in Settings.</source>
            <translation>Màn hình LIVE đang đóng nên không ai thấy. Hãy mở cổng cho nó trong Cài đặt.</translation>
        </message>
        <message>
            <source>The overlay is turned off. Open the door for it.</source>
            <translation>Màn hình LIVE đang đóng. Hãy mở cổng cho nó.</translation>
        </message>
        <message>
            <source>The passphrase does not open the saved keys.</source>
            <translation>Mật khẩu không mở được các khóa đã lưu.</translation>
        </message>
        <message>
            <source>The port cannot be opened with these settings. Check port and speed.</source>
            <translation>Không mở được cổng với cài đặt này. Hãy kiểm tra cổng và tốc độ.</translation>
        </message>
        <message>
            <source>The power supply gives</source>
            <translation>Nguồn cấp được</translation>
        </message>
        <message>
            <source>The price of one gift. 0: no lower end.</source>
            <translation>Giá một món quà. 0: không có mức thấp nhất.</translation>
        </message>
        <message>
            <source>The price of one gift. Empty: no upper end.</source>
            <translation>Giá một món quà. Để trống: không có mức cao nhất.</translation>
        </message>
        <message>
            <source>The program stopped in the middle of this.</source>
            <translation>Chương trình đã dừng giữa chừng.</translation>
        </message>
        <message>
            <source>The program stopped in the middle of this. It is not done again.</source>
            <translation>Chương trình dừng giữa chừng việc này. Việc này sẽ không được làm lại.</translation>
        </message>
        <message>
            <source>The program that passes messages between Giftwire and the device.</source>
            <translation>Chương trình chuyển tin giữa Giftwire và thiết bị.</translation>
        </message>
        <message>
            <source>The recording stopped: {why}</source>
            <translation>Bản ghi đã dừng: {why}</translation>
        </message>
        <message>
            <source>The recording {file} was played to its end.</source>
            <translation>Bản ghi {file} đã phát xong.</translation>
        </message>
        <message>
            <source>The rule is off, and is tried all the same.</source>
            <translation>Quy tắc đang tắt nhưng vẫn được thử.</translation>
        </message>
        <message>
            <source>The rule is off: until you turn it on, only tests run it.</source>
            <translation>Quy tắc đang tắt: cho đến khi bạn bật, nó chỉ chạy khi thử.</translation>
        </message>
        <message>
            <source>The rule named here is gone. Choose another one.</source>
            <translation>Quy tắc ghi ở đây không còn nữa. Hãy chọn quy tắc khác.</translation>
        </message>
        <message>
            <source>The rule still cannot run: {why}</source>
            <translation>Quy tắc vẫn chưa chạy được: {why}</translation>
        </message>
        <message>
            <source>The rule was not asked at all.</source>
            <translation>Quy tắc không được xét đến.</translation>
        </message>
        <message>
            <source>The rule {rule} does not run ({why}).</source>
            <translation>Quy tắc {rule} không chạy ({why}).</translation>
        </message>
        <message>
            <source>The rules are as they were when this window was opened.</source>
            <translation>Các quy tắc vẫn như lúc mở cửa sổ này.</translation>
        </message>
        <message>
            <source>The rules are not here yet. Try again in a moment.</source>
            <translation>Quy tắc chưa tải xong. Hãy thử lại sau giây lát.</translation>
        </message>
        <message>
            <source>The rules as they were when this window was opened</source>
            <translation>Các quy tắc như lúc mở cửa sổ này</translation>
        </message>
        <message>
            <source>The rules cannot be read: {detail}</source>
            <translation>Không đọc được các quy tắc: {detail}</translation>
        </message>
        <message>
            <source>The rules could not be read: {why}</source>
            <translation>Không đọc được quy tắc: {why}</translation>
        </message>
        <message>
            <source>The rules have been changed since. Press Start to play again.</source>
            <translation>Các quy tắc đã thay đổi sau đó. Bấm Bắt đầu để phát lại.</translation>
        </message>
        <message>
            <source>The rules were changed elsewhere at the same moment. Try again.</source>
            <translation>Quy tắc vừa được sửa ở nơi khác cùng lúc. Hãy thử lại.</translation>
        </message>
        <message>
            <source>The rules were changed elsewhere. Not done: {what}</source>
            <translation>Quy tắc đã được sửa ở nơi khác. Chưa thực hiện: {what}</translation>
        </message>
        <message>
            <source>The rules were changed elsewhere. This is how they are now.</source>
            <translation>Quy tắc đã được sửa ở nơi khác. Đây là bản hiện tại.</translation>
        </message>
        <message>
            <source>The scene that is shown</source>
            <translation>Cảnh đang hiện</translation>
        </message>
        <message>
            <source>The secret</source>
            <translation>Khóa bí mật</translation>
        </message>
        <message>
            <source>The secret itself</source>
            <translation>Nội dung khóa bí mật</translation>
        </message>
        <message>
            <source>The sender</source>
            <translation>Người gửi</translation>
        </message>
        <message>
            <source>The servo's angle at 0 %.</source>
            <translation>Góc của servo khi ở 0 %.</translation>
        </message>
        <message>
            <source>The servo's angle at 100 %.</source>
            <translation>Góc của servo khi ở 100 %.</translation>
        </message>
        <message>
            <source>The servo's angle when nothing happens.</source>
            <translation>Góc của servo khi không có gì xảy ra.</translation>
        </message>
        <message>
            <source>The setting {key} has a value that does not fit.</source>
            <translation>Cài đặt {key} có giá trị không phù hợp.</translation>
        </message>
        <message>
            <source>The sign server asks us to wait.</source>
            <translation>Máy chủ xác thực yêu cầu chờ.</translation>
        </message>
        <message>
            <source>The sign server does not answer.</source>
            <translation>Máy chủ xác thực không trả lời.</translation>
        </message>
        <message>
            <source>The sign server does not know your key.</source>
            <translation>Máy chủ xác thực không nhận ra khóa của bạn.</translation>
        </message>
        <message>
            <source>The sign server wants a paid plan for this.</source>
            <translation>Máy chủ xác thực đòi gói trả phí cho việc này.</translation>
        </message>
        <message>
            <source>The sketch on the board does not fit this Giftwire. Load the sketch that came with it.</source>
            <translation>Chương trình trên bo không hợp với Giftwire này. Hãy nạp chương trình đi kèm.</translation>
        </message>
        <message>
            <source>The sketch on the board has no outputs. Add one to it and load it again.</source>
            <translation>Chương trình trên bo chưa có đầu ra nào. Hãy thêm một đầu ra rồi nạp lại.</translation>
        </message>
        <message>
            <source>The stream begins</source>
            <translation>Buổi LIVE bắt đầu</translation>
        </message>
        <message>
            <source>The stream ends</source>
            <translation>Buổi LIVE kết thúc</translation>
        </message>
        <message>
            <source>The stream over time</source>
            <translation>Buổi LIVE theo thời gian</translation>
        </message>
        <message>
            <source>The system keeps these keys for itself. Choose others.</source>
            <translation>Hệ thống giữ các phím này cho riêng nó. Hãy chọn phím khác.</translation>
        </message>
        <message>
            <source>The text was read aloud.</source>
            <translation>Đã đọc xong.</translation>
        </message>
        <message>
            <source>The token is copied. Programs send it with every call.</source>
            <translation>Đã sao chép mã truy cập. Chương trình gửi mã này trong mỗi lần gọi.</translation>
        </message>
        <message>
            <source>The topic_prefix in its YAML; empty if it has none.</source>
            <translation>topic_prefix trong YAML của nó; để trống nếu không có.</translation>
        </message>
        <message>
            <source>The upper rule gets a busy device first</source>
            <translation>Quy tắc ở trên được dùng thiết bị bận trước</translation>
        </message>
        <message>
            <source>The usual rules keep their name and cannot be deleted.</source>
            <translation>Bộ quy tắc thường dùng giữ nguyên tên và không thể xóa.</translation>
        </message>
        <message>
            <source>The usual value is used.</source>
            <translation>Giá trị mặc định được dùng.</translation>
        </message>
        <message>
            <source>Their names; the one to be played is sent as text.</source>
            <translation>Tên của chúng; tên cần phát được gửi dạng chữ.</translation>
        </message>
        <message>
            <source>Their numbers, as PiShock's page shows them. Empty: all that the hub knows.</source>
            <translation>Số của chúng như trên trang PiShock. Để trống: mọi vòng mà bộ phát biết.</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Giao diện</translation>
        </message>
        <message>
            <source>There are more than {most} conditions and steps in this pack.</source>
            <translation>Gói này có hơn {most} điều kiện và bước.</translation>
        </message>
        <message>
            <source>There are more than {most} rules in this pack.</source>
            <translation>Gói này có hơn {most} quy tắc.</translation>
        </message>
        <message>
            <source>There are no rules in this pack. Choose another file.</source>
            <translation>Gói này không có quy tắc nào. Hãy chọn tệp khác.</translation>
        </message>
        <message>
            <source>There are no rules in what was copied: {why}</source>
            <translation>Nội dung đã sao chép không có quy tắc: {why}</translation>
        </message>
        <message>
            <source>There are no rules.</source>
            <translation>Không có quy tắc nào.</translation>
        </message>
        <message>
            <source>There are too many already. Remove one first.</source>
            <translation>Đã có quá nhiều. Hãy xóa bớt một mục trước.</translation>
        </message>
        <message>
            <source>There is a variable {name} already.</source>
            <translation>Đã có biến {name} rồi.</translation>
        </message>
        <message>
            <source>There is no condition in this group. Add one or remove the group.</source>
            <translation>Nhóm này không có điều kiện nào. Hãy thêm điều kiện hoặc xóa nhóm.</translation>
        </message>
        <message>
            <source>There is no past stream yet. After your next LIVE it is here.</source>
            <translation>Chưa có buổi LIVE nào trước đây. Sau buổi LIVE tới sẽ có ở đây.</translation>
        </message>
        <message>
            <source>There is no port {port}. Choose one from 1 to 65535.</source>
            <translation>Không có cổng {port}. Hãy chọn từ 1 đến 65535.</translation>
        </message>
        <message>
            <source>There is no practice device for that.</source>
            <translation>Không có thiết bị giả lập cho việc này.</translation>
        </message>
        <message>
            <source>There is no recording yet. Open a file, or record your next stream.</source>
            <translation>Chưa có bản ghi nào. Hãy mở một tệp, hoặc ghi lại buổi LIVE tới.</translation>
        </message>
        <message>
            <source>There is no room for that many more rules. Delete some first.</source>
            <translation>Không còn chỗ cho từng ấy quy tắc. Hãy xóa bớt trước.</translation>
        </message>
        <message>
            <source>There is no secure connection to be had there. Check the port, or connect without TLS.</source>
            <translation>Nơi đó không có kết nối bảo mật. Hãy kiểm tra cổng, hoặc kết nối không dùng TLS.</translation>
        </message>
        <message>
            <source>There is no setting called {key}.</source>
            <translation>Không có cài đặt nào tên là {key}.</translation>
        </message>
        <message>
            <source>There is no sound “{sound}”. Add the file or choose another one.</source>
            <translation>Không có âm thanh “{sound}”. Hãy thêm tệp hoặc chọn âm thanh khác.</translation>
        </message>
        <message>
            <source>There is no such event. Choose other values.</source>
            <translation>Không có sự kiện như vậy. Hãy chọn giá trị khác.</translation>
        </message>
        <message>
            <source>There is nothing to set.</source>
            <translation>Không có gì cần cài đặt.</translation>
        </message>
        <message>
            <source>These are no bytes in hex: {text}</source>
            <translation>Đây không phải byte dạng hex: {text}</translation>
        </message>
        <message>
            <source>These are not the words. Type them just as they stand above.</source>
            <translation>Chưa đúng lời. Hãy gõ y như dòng ở trên.</translation>
        </message>
        <message>
            <source>These are too few: {min_length} are needed.</source>
            <translation>Còn thiếu: cần ít nhất {min_length}.</translation>
        </message>
        <message>
            <source>These are too many: {max_length} at most.</source>
            <translation>Quá nhiều: tối đa {max_length}.</translation>
        </message>
        <message>
            <source>These may move again as soon as the next gift arrives. Nothing that was waiting before STOP comes back.</source>
            <translation>Những thứ sau có thể chuyển động ngay khi có quà tiếp theo. Các lệnh đang chờ trước khi DỪNG sẽ không quay lại.</translation>
        </message>
        <message>
            <source>These rules cannot be read and took no part: {names}.</source>
            <translation>Các quy tắc này không đọc được nên không tham gia: {names}.</translation>
        </message>
        <message>
            <source>These settings do not fit the device.</source>
            <translation>Các cài đặt này không hợp với thiết bị.</translation>
        </message>
        <message>
            <source>They appear there by themselves, with a STOP button, through the broker.</source>
            <translation>Thiết bị tự hiện ra ở đó, kèm nút DỪNG, thông qua máy chủ MQTT.</translation>
        </message>
        <message>
            <source>They need the sketch ConfigurableFirmata with AccelStepper.</source>
            <translation>Cần sketch ConfigurableFirmata có AccelStepper.</translation>
        </message>
        <message>
            <source>They work in every program where the system allows it.</source>
            <translation>Dùng được trong mọi chương trình nếu hệ thống cho phép.</translation>
        </message>
        <message>
            <source>They work in every program, also while a game has the focus.</source>
            <translation>Dùng được trong mọi chương trình, kể cả khi đang chơi game.</translation>
        </message>
        <message>
            <source>ThingsBoard device</source>
            <translation>Thiết bị ThingsBoard</translation>
        </message>
        <message>
            <source>This Bluetooth device is of another kind. Add it as what it is.</source>
            <translation>Thiết bị Bluetooth này thuộc loại khác. Hãy thêm đúng loại của nó.</translation>
        </message>
        <message>
            <source>This Bluetooth device was added twice. Remove one of the two.</source>
            <translation>Thiết bị Bluetooth này đã được thêm hai lần. Hãy xóa bớt một.</translation>
        </message>
        <message>
            <source>This Giftwire does not know this setting. Add the device once more.</source>
            <translation>Bản Giftwire này không có cài đặt đó. Hãy thêm lại thiết bị.</translation>
        </message>
        <message>
            <source>This address cannot be used. Check how it is written.</source>
            <translation>Địa chỉ này không dùng được. Hãy kiểm tra cách viết.</translation>
        </message>
        <message>
            <source>This address cannot prove who it is. Check it, and the date of this computer. For your own device, “Take any certificate” helps where it is offered.</source>
            <translation>Địa chỉ này không chứng minh được danh tính. Hãy kiểm tra địa chỉ và ngày giờ của máy. Với thiết bị của bạn, hãy bật “Chấp nhận mọi chứng chỉ” nếu có.</translation>
        </message>
        <message>
            <source>This and condition {other} are never true together, so the rule never runs.</source>
            <translation>Điều này và điều kiện {other} không bao giờ cùng đúng, nên quy tắc không bao giờ chạy.</translation>
        </message>
        <message>
            <source>This and “{other}” use the same device for the same thing and have no limits.</source>
            <translation>Quy tắc này và “{other}” dùng chung thiết bị cho cùng một việc mà không có giới hạn.</translation>
        </message>
        <message>
            <source>This board has no outputs yet. Add one in its settings.</source>
            <translation>Bo này chưa có đầu ra. Hãy thêm một đầu ra trong cài đặt.</translation>
        </message>
        <message>
            <source>This can hurt. Read and type the consent on its card first.</source>
            <translation>Việc này có thể gây đau. Hãy đọc và gõ lời đồng ý trên thẻ của thiết bị trước.</translation>
        </message>
        <message>
            <source>This can never be true for what starts the rule, so it never runs.</source>
            <translation>Điều này không bao giờ đúng với sự kiện đã chọn, nên quy tắc không bao giờ chạy.</translation>
        </message>
        <message>
            <source>This change does not fit the rules as they are now. Look again.</source>
            <translation>Thay đổi này không khớp với quy tắc hiện tại. Hãy xem lại.</translation>
        </message>
        <message>
            <source>This computer does not give out the password we keep for this device. Unlock its keyring, or open the device and type it again.</source>
            <translation>Máy không cho đọc mật khẩu đã lưu của thiết bị này. Hãy mở kho khóa của máy, hoặc mở thiết bị và nhập lại mật khẩu.</translation>
        </message>
        <message>
            <source>This computer does not let Giftwire into the network. Allow it in the firewall.</source>
            <translation>Máy không cho Giftwire vào mạng. Hãy cho phép trong tường lửa.</translation>
        </message>
        <message>
            <source>This computer does not let us use Bluetooth.</source>
            <translation>Máy tính này không cho phép dùng Bluetooth.</translation>
        </message>
        <message>
            <source>This computer does not let us use the device.</source>
            <translation>Máy tính này không cho dùng thiết bị.</translation>
        </message>
        <message>
            <source>This computer does not let us use this port.</source>
            <translation>Máy tính này không cho dùng cổng này.</translation>
        </message>
        <message>
            <source>This computer does not let you use its serial ports. On Linux add yourself to the group “dialout” and sign in again.</source>
            <translation>Máy không cho bạn dùng cổng nối tiếp. Trên Linux hãy thêm tài khoản của bạn vào nhóm “dialout” rồi đăng nhập lại.</translation>
        </message>
        <message>
            <source>This computer has no Bluetooth.</source>
            <translation>Máy tính này không có Bluetooth.</translation>
        </message>
        <message>
            <source>This computer has no voice for speech.</source>
            <translation>Máy tính này không có giọng đọc.</translation>
        </message>
        <message>
            <source>This computer has other addresses too: {addresses}. Take the one that begins like the device's own.</source>
            <translation>Máy tính này còn có địa chỉ khác: {addresses}. Hãy dùng địa chỉ bắt đầu giống địa chỉ của thiết bị.</translation>
        </message>
        <message>
            <source>This computer is in no network now.</source>
            <translation>Máy tính này đang không ở trong mạng nào.</translation>
        </message>
        <message>
            <source>This computer offers no safe place for keys.</source>
            <translation>Máy tính này không có chỗ cất khóa an toàn.</translation>
        </message>
        <message>
            <source>This computer only</source>
            <translation>Chỉ máy tính này</translation>
        </message>
        <message>
            <source>This computer slept or stood still for {seconds} s.</source>
            <translation>Máy tính đã ngủ hoặc đứng yên {seconds} giây.</translation>
        </message>
        <message>
            <source>This computer's own address there, if it is in several networks.</source>
            <translation>Địa chỉ của máy tính này trong mạng đó, nếu máy ở nhiều mạng.</translation>
        </message>
        <message>
            <source>This condition is not finished: something is still to be chosen.</source>
            <translation>Điều kiện này chưa xong: còn mục chưa chọn.</translation>
        </message>
        <message>
            <source>This could not be saved. It works until you quit.</source>
            <translation>Không lưu được. Thay đổi có hiệu lực tới khi bạn thoát.</translation>
        </message>
        <message>
            <source>This cuts “{other}” off every time, because it replaces what runs.</source>
            <translation>Quy tắc này luôn ngắt “{other}” vì nó thay lệnh đang chạy.</translation>
        </message>
        <message>
            <source>This desktop has no tray, so the window is minimised instead.</source>
            <translation>Hệ thống này không có khay, nên cửa sổ sẽ được thu nhỏ.</translation>
        </message>
        <message>
            <source>This desktop keeps keys from us: they work in this window only. In its keyboard settings, bind keys to "{command}".</source>
            <translation>Hệ thống này không chuyển phím cho chương trình nên chúng chỉ hoạt động trong cửa sổ này. Trong cài đặt bàn phím của hệ thống, hãy gán phím cho lệnh "{command}".</translation>
        </message>
        <message>
            <source>This desktop keeps keys from us: they work in this window only. Use a button instead, and bind keys to "{command}" in the settings of the desktop.</source>
            <translation>Hệ thống này không chuyển phím cho chương trình nên chúng chỉ hoạt động trong cửa sổ này. Hãy dùng nút bấm, hoặc gán phím cho lệnh "{command}" trong cài đặt của hệ thống.</translation>
        </message>
        <message>
            <source>This device cannot be used here.</source>
            <translation>Không dùng được thiết bị này ở đây.</translation>
        </message>
        <message>
            <source>This device is gone.</source>
            <translation>Thiết bị này không còn nữa.</translation>
        </message>
        <message>
            <source>This does not fit. Enter something else.</source>
            <translation>Giá trị này không phù hợp. Hãy nhập giá trị khác.</translation>
        </message>
        <message>
            <source>This does not fit. What belongs here stands beside the field.</source>
            <translation>Giá trị này không hợp. Cạnh ô có ghi cần điền gì.</translation>
        </message>
        <message>
            <source>This does the same as “{other}”. Everything happens twice.</source>
            <translation>Quy tắc này làm giống hệt “{other}”. Mọi thứ xảy ra hai lần.</translation>
        </message>
        <message>
            <source>This event</source>
            <translation>Sự kiện này</translation>
        </message>
        <message>
            <source>This file cannot be read. Ask whoever gave it to you for a new copy.</source>
            <translation>Không đọc được tệp này. Hãy xin lại bản khác từ người đã gửi.</translation>
        </message>
        <message>
            <source>This file is not a pack. Choose another file.</source>
            <translation>Tệp này không phải gói quy tắc. Hãy chọn tệp khác.</translation>
        </message>
        <message>
            <source>This file is not a recording of a stream. Choose another file.</source>
            <translation>Tệp này không phải bản ghi của buổi LIVE. Hãy chọn tệp khác.</translation>
        </message>
        <message>
            <source>This is needed. Fill it in.</source>
            <translation>Mục này bắt buộc. Hãy điền vào.</translation>
        </message>
        <message>
            <source>This is no JSON. Texts need quotes, such as "on".</source>
            <translation>Đây không phải JSON. Chữ phải nằm trong dấu ngoặc kép, ví dụ "on".</translation>
        </message>
        <message>
            <source>This is none of the Bluetooth strips we know. Add it as “A Bluetooth device of your own”.</source>
            <translation>Đây không phải dây đèn Bluetooth mà ứng dụng biết. Hãy thêm nó theo loại “Thiết bị Bluetooth của riêng bạn”.</translation>
        </message>
        <message>
            <source>This is not a TikTok user name.</source>
            <translation>Đây không phải tên người dùng TikTok.</translation>
        </message>
        <message>
            <source>This is too long: {max_length} characters at most.</source>
            <translation>Quá dài: tối đa {max_length} ký tự.</translation>
        </message>
        <message>
            <source>This kind of device is not known here. Reinstall Giftwire.</source>
            <translation>Không nhận ra loại thiết bị này. Hãy cài lại Giftwire.</translation>
        </message>
        <message>
            <source>This name cannot be used. Use letters and numbers, 60 at most.</source>
            <translation>Không dùng được tên này. Hãy dùng chữ và số, tối đa 60 ký tự.</translation>
        </message>
        <message>
            <source>This name or value does not fit a variable. Choose another.</source>
            <translation>Tên hoặc giá trị này không dùng được cho biến. Hãy chọn khác.</translation>
        </message>
        <message>
            <source>This needs {min_length} characters or more.</source>
            <translation>Cần ít nhất {min_length} ký tự.</translation>
        </message>
        <message>
            <source>This pack does not fit here ({problem}).</source>
            <translation>Gói này không dùng được ở đây ({problem}).</translation>
        </message>
        <message>
            <source>This profile is in use. Switch to another one first.</source>
            <translation>Bộ quy tắc này đang được dùng. Hãy chuyển sang bộ khác trước.</translation>
        </message>
        <message>
            <source>This rule could not be read, so it does not run. It is kept in the file as it was written: fix it there, or delete it.</source>
            <translation>Không đọc được quy tắc này nên nó không chạy. Nó vẫn nằm nguyên trong tệp: hãy sửa ở đó hoặc xóa đi.</translation>
        </message>
        <message>
            <source>This rule does not fit: {problem}</source>
            <translation>Quy tắc này chưa hợp lệ: {problem}</translation>
        </message>
        <message>
            <source>This rule does nothing yet. Add a step.</source>
            <translation>Quy tắc này chưa làm gì. Hãy thêm một bước.</translation>
        </message>
        <message>
            <source>This rule is gone.</source>
            <translation>Quy tắc này không còn nữa.</translation>
        </message>
        <message>
            <source>This rule names itself here. Choose another one.</source>
            <translation>Quy tắc này gọi chính nó ở đây. Hãy chọn quy tắc khác.</translation>
        </message>
        <message>
            <source>This rule never runs: nothing is chosen here yet.</source>
            <translation>Quy tắc này không bao giờ chạy: ở đây chưa chọn gì.</translation>
        </message>
        <message>
            <source>This setting is fixed by {variable}.</source>
            <translation>Cài đặt này được cố định bởi {variable}.</translation>
        </message>
        <message>
            <source>This shocker is paused. Let it go on again on PiShock's page.</source>
            <translation>Vòng giật này đang tạm dừng. Hãy cho nó chạy lại trên trang PiShock.</translation>
        </message>
        <message>
            <source>This step is never reached: the one before it ends the run.</source>
            <translation>Không bao giờ tới bước này: bước trước đã kết thúc lần chạy.</translation>
        </message>
        <message>
            <source>This stream</source>
            <translation>Buổi LIVE này</translation>
        </message>
        <message>
            <source>This takes a moment.</source>
            <translation>Chờ một chút nhé.</translation>
        </message>
        <message>
            <source>This takes the place of the step before at once, so only one of them is seen.</source>
            <translation>Bước này thay ngay bước trước, nên chỉ thấy một trong hai.</translation>
        </message>
        <message>
            <source>This value does not fit the setting {key}.</source>
            <translation>Giá trị này không hợp với cài đặt {key}.</translation>
        </message>
        <message>
            <source>Those the hub shall reach; it cannot list them itself.</source>
            <translation>Những vòng mà bộ phát cần điều khiển; nó không tự liệt kê được.</translation>
        </message>
        <message>
            <source>Thursday</source>
            <translation>Thứ Năm</translation>
        </message>
        <message>
            <source>TikTok</source>
            <translation>TikTok</translation>
        </message>
        <message>
            <source>TikTok answered in a way we do not know.</source>
            <translation>TikTok trả lời theo cách chưa biết.</translation>
        </message>
        <message>
            <source>TikTok cannot be reached.</source>
            <translation>Không kết nối được với TikTok.</translation>
        </message>
        <message>
            <source>TikTok is lost. {why}</source>
            <translation>Mất kết nối TikTok. {why}</translation>
        </message>
        <message>
            <source>TikTok knows no such user name.</source>
            <translation>TikTok không có tên người dùng này.</translation>
        </message>
        <message>
            <source>TikTok knows no such user name. Check the spelling.</source>
            <translation>TikTok không có tên người dùng này. Hãy kiểm tra chính tả.</translation>
        </message>
        <message>
            <source>TikTok refused this connection.</source>
            <translation>TikTok từ chối kết nối này.</translation>
        </message>
        <message>
            <source>TikTok shows this LIVE only to some viewers (18+ or private).</source>
            <translation>TikTok chỉ cho một số người xem thấy buổi LIVE này (18+ hoặc riêng tư).</translation>
        </message>
        <message>
            <source>TikTok user name</source>
            <translation>Tên người dùng TikTok</translation>
        </message>
        <message>
            <source>Tilt</source>
            <translation>Nghiêng</translation>
        </message>
        <message>
            <source>Tilt rests at</source>
            <translation>Vị trí nghỉ dọc</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Giờ</translation>
        </message>
        <message>
            <source>Time of day</source>
            <translation>Giờ trong ngày</translation>
        </message>
        <message>
            <source>Time on</source>
            <translation>Thời gian bật</translation>
        </message>
        <message>
            <source>Time to start</source>
            <translation>Thời gian khởi động</translation>
        </message>
        <message>
            <source>Timer</source>
            <translation>Hẹn giờ</translation>
        </message>
        <message>
            <source>Timers</source>
            <translation>Hẹn giờ</translation>
        </message>
        <message>
            <source>Times</source>
            <translation>Số lần</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Đến</translation>
        </message>
        <message>
            <source>To agree, type: {phrase}</source>
            <translation>Để đồng ý, hãy gõ: {phrase}</translation>
        </message>
        <message>
            <source>To end by itself it must be told how long: use {ms} or {s}.</source>
            <translation>Để tự kết thúc, thiết bị cần biết thời lượng: hãy dùng {ms} hoặc {s}.</translation>
        </message>
        <message>
            <source>To rest</source>
            <translation>Về vị trí nghỉ</translation>
        </message>
        <message>
            <source>Today {used} of {most}</source>
            <translation>Hôm nay {used} trên {most}</translation>
        </message>
        <message>
            <source>Token (user)</source>
            <translation>Token (tên đăng nhập)</translation>
        </message>
        <message>
            <source>Too many new connections lately.</source>
            <translation>Gần đây có quá nhiều kết nối mới.</translation>
        </message>
        <message>
            <source>Too many things are inside one another in this file, so it is not opened.</source>
            <translation>Tệp có quá nhiều lớp lồng nhau nên không được mở.</translation>
        </message>
        <message>
            <source>Too much is going on. Try again in a moment.</source>
            <translation>Đang có quá nhiều việc. Hãy thử lại sau giây lát.</translation>
        </message>
        <message>
            <source>Too old after</source>
            <translation>Hết hạn sau</translation>
        </message>
        <message>
            <source>Topic</source>
            <translation>Chủ đề</translation>
        </message>
        <message>
            <source>Topic for commands</source>
            <translation>Chủ đề nhận lệnh</translation>
        </message>
        <message>
            <source>Topic of Zigbee2MQTT</source>
            <translation>Chủ đề của Zigbee2MQTT</translation>
        </message>
        <message>
            <source>Topic of discovery</source>
            <translation>Chủ đề tự giới thiệu</translation>
        </message>
        <message>
            <source>Topic of its presence</source>
            <translation>Chủ đề báo có mặt</translation>
        </message>
        <message>
            <source>Topic of its state</source>
            <translation>Chủ đề trạng thái</translation>
        </message>
        <message>
            <source>Topic of the device</source>
            <translation>Chủ đề của thiết bị</translation>
        </message>
        <message>
            <source>Touches the body: half the strength, short times.</source>
            <translation>Chạm vào người: nửa cường độ, chạy ngắn.</translation>
        </message>
        <message>
            <source>Toys (Intiface)</source>
            <translation>Đồ chơi (Intiface)</translation>
        </message>
        <message>
            <source>Toys from Lovense, We-Vibe, Kiiroo and many others. Start Intiface Central first.</source>
            <translation>Đồ chơi của Lovense, We-Vibe, Kiiroo và nhiều hãng khác. Hãy mở Intiface Central trước.</translation>
        </message>
        <message>
            <source>True and false</source>
            <translation>Đúng và sai</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Thử lại</translation>
        </message>
        <message>
            <source>Try it</source>
            <translation>Thử</translation>
        </message>
        <message>
            <source>Try now</source>
            <translation>Thử ngay</translation>
        </message>
        <message>
            <source>Try out</source>
            <translation>Diễn tập</translation>
        </message>
        <message>
            <source>Try the rules out on a stream</source>
            <translation>Diễn tập quy tắc với một buổi LIVE</translation>
        </message>
        <message>
            <source>Try the rules out on the last 10 minutes</source>
            <translation>Diễn tập quy tắc với 10 phút gần nhất</translation>
        </message>
        <message>
            <source>Try to connect</source>
            <translation>Thử kết nối</translation>
        </message>
        <message>
            <source>Try with a practice motor</source>
            <translation>Thử với động cơ giả lập</translation>
        </message>
        <message>
            <source>Tuesday</source>
            <translation>Thứ Ba</translation>
        </message>
        <message>
            <source>Turn</source>
            <translation>Quay</translation>
        </message>
        <message>
            <source>Turn a motor by so many rounds, for example one for each coin.</source>
            <translation>Quay động cơ số vòng bạn chọn, ví dụ mỗi xu một vòng.</translation>
        </message>
        <message>
            <source>Turn a rule on or off</source>
            <translation>Bật hoặc tắt quy tắc</translation>
        </message>
        <message>
            <source>Turn another rule on or off.</source>
            <translation>Bật hoặc tắt quy tắc khác.</translation>
        </message>
        <message>
            <source>Turn its group on</source>
            <translation>Bật nhóm của nó</translation>
        </message>
        <message>
            <source>Turn off</source>
            <translation>Tắt đi</translation>
        </message>
        <message>
            <source>Turn off {name}</source>
            <translation>Tắt {name}</translation>
        </message>
        <message>
            <source>Turn on</source>
            <translation>Bật lên</translation>
        </message>
        <message>
            <source>Turn on or off</source>
            <translation>Bật hoặc tắt</translation>
        </message>
        <message>
            <source>Turn on {name}</source>
            <translation>Bật {name}</translation>
        </message>
        <message>
            <source>Turn on {rules} first.</source>
            <translation>Hãy bật {rules} trước.</translation>
        </message>
        <message>
            <source>Turn round: only if not</source>
            <translation>Đảo ngược: chỉ khi không phải</translation>
        </message>
        <message>
            <source>Turn the rules on at once</source>
            <translation>Bật các quy tắc ngay</translation>
        </message>
        <message>
            <source>Turned off by a rule</source>
            <translation>Bị một quy tắc tắt</translation>
        </message>
        <message>
            <source>Turned on by a rule</source>
            <translation>Được một quy tắc bật</translation>
        </message>
        <message>
            <source>Turning</source>
            <translation>Đang quay</translation>
        </message>
        <message>
            <source>Turns</source>
            <translation>Quay</translation>
        </message>
        <message>
            <source>Turns a condition round: only if it is not met.</source>
            <translation>Đảo điều kiện: chỉ khi nó không đúng.</translation>
        </message>
        <message>
            <source>Twice the weight comes twice as often. 0: never.</source>
            <translation>Trọng số gấp đôi thì xuất hiện gấp đôi. 0: không bao giờ.</translation>
        </message>
        <message>
            <source>Two Bluetooth devices are called “{name}”. Choose one by its address, or switch one off.</source>
            <translation>Có hai thiết bị Bluetooth tên “{name}”. Hãy chọn theo địa chỉ, hoặc tắt bớt một.</translation>
        </message>
        <message>
            <source>Two boards look the same: {ports}. Unplug one, or choose the port by hand.</source>
            <translation>Có hai bo giống nhau: {ports}. Hãy rút bớt một, hoặc tự chọn cổng.</translation>
        </message>
        <message>
            <source>Two devices look the same.</source>
            <translation>Có hai thiết bị giống hệt nhau.</translation>
        </message>
        <message>
            <source>Two minutes in which two new combos begin every second.</source>
            <translation>Hai phút, mỗi giây có hai combo mới bắt đầu.</translation>
        </message>
        <message>
            <source>Two such devices at one broker need different ones.</source>
            <translation>Hai thiết bị như vậy trên cùng máy chủ cần chủ đề khác nhau.</translation>
        </message>
        <message>
            <source>Type a number here.</source>
            <translation>Hãy nhập một số.</translation>
        </message>
        <message>
            <source>Type a whole number here.</source>
            <translation>Hãy nhập số nguyên.</translation>
        </message>
        <message>
            <source>Type the TikTok user name. Only public events are read. You are never asked for a password.</source>
            <translation>Nhập tên người dùng TikTok. Ứng dụng chỉ đọc sự kiện công khai và không bao giờ hỏi mật khẩu.</translation>
        </message>
        <message>
            <source>Type what you want to do</source>
            <translation>Gõ việc bạn muốn làm</translation>
        </message>
        <message>
            <source>USB</source>
            <translation>USB</translation>
        </message>
        <message>
            <source>USB AND SERIAL</source>
            <translation>USB VÀ CỔNG NỐI TIẾP</translation>
        </message>
        <message>
            <source>USB or serial port</source>
            <translation>Cổng USB hoặc nối tiếp</translation>
        </message>
        <message>
            <source>USB relay board (LCUS)</source>
            <translation>Bo rơ-le USB (LCUS)</translation>
        </message>
        <message>
            <source>USB relay board without driver (HID)</source>
            <translation>Mạch relay USB không cần driver (HID)</translation>
        </message>
        <message>
            <source>Undid: {what}</source>
            <translation>Đã hoàn tác: {what}</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Hoàn tác</translation>
        </message>
        <message>
            <source>Undo: {what}</source>
            <translation>Hoàn tác: {what}</translation>
        </message>
        <message>
            <source>Unfolded</source>
            <translation>Đang mở</translation>
        </message>
        <message>
            <source>Ungroup</source>
            <translation>Bỏ nhóm</translation>
        </message>
        <message>
            <source>Universe</source>
            <translation>Vũ trụ</translation>
        </message>
        <message>
            <source>Unlock it. Giftwire asks it again by itself after a while.</source>
            <translation>Hãy mở khóa. Giftwire sẽ tự hỏi lại sau một lúc.</translation>
        </message>
        <message>
            <source>Unplug or switch off one of them.</source>
            <translation>Hãy rút hoặc tắt bớt một.</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>Đến</translation>
        </message>
        <message>
            <source>Until the program ends, or until you turn it yourself.</source>
            <translation>Đến khi tắt chương trình, hoặc khi bạn tự đổi.</translation>
        </message>
        <message>
            <source>Up to</source>
            <translation>Đến</translation>
        </message>
        <message>
            <source>Update the device.</source>
            <translation>Hãy cập nhật thiết bị.</translation>
        </message>
        <message>
            <source>Upload it to the device. It logs in when it has started again.</source>
            <translation>Nạp vào thiết bị. Nó sẽ đăng nhập sau khi khởi động lại.</translation>
        </message>
        <message>
            <source>Upload the sketch. It must send the password too, not the token alone.</source>
            <translation>Nạp chương trình. Nó phải gửi cả mật khẩu, không chỉ token.</translation>
        </message>
        <message>
            <source>Use 2 to 24 letters, digits, dots or underscores.</source>
            <translation>Dùng 2 đến 24 chữ cái, chữ số, dấu chấm hoặc gạch dưới.</translation>
        </message>
        <message>
            <source>Use Ctrl or Alt with a letter, a digit or an F key.</source>
            <translation>Hãy dùng Ctrl hoặc Alt với một chữ cái, chữ số hoặc phím F.</translation>
        </message>
        <message>
            <source>Use any output that fits</source>
            <translation>Dùng đầu ra nào phù hợp</translation>
        </message>
        <message>
            <source>Use this</source>
            <translation>Dùng mẫu này</translation>
        </message>
        <message>
            <source>Use this: {name}</source>
            <translation>Dùng mẫu này: {name}</translation>
        </message>
        <message>
            <source>Use {fitting}</source>
            <translation>Dùng {fitting}</translation>
        </message>
        <message>
            <source>Use {value}</source>
            <translation>Dùng {value}</translation>
        </message>
        <message>
            <source>Use “{close}”</source>
            <translation>Dùng “{close}”</translation>
        </message>
        <message>
            <source>Use “{fitting}”</source>
            <translation>Dùng “{fitting}”</translation>
        </message>
        <message>
            <source>Used by</source>
            <translation>Dùng trong</translation>
        </message>
        <message numerus="yes">
            <source>Used by %Ln rule(s)</source>
            <translation>
                <numerusform>%Ln quy tắc đang dùng</numerusform>
            </translation>
        </message>
        <message>
            <source>Used by {rules}</source>
            <translation>Dùng trong {rules}</translation>
        </message>
        <message>
            <source>User</source>
            <translation>Tên đăng nhập</translation>
        </message>
        <message>
            <source>User at the broker</source>
            <translation>Tài khoản máy chủ MQTT</translation>
        </message>
        <message>
            <source>User names, with @ or without.</source>
            <translation>Tên người dùng, có @ hay không đều được.</translation>
        </message>
        <message>
            <source>Usual rules</source>
            <translation>Quy tắc thường dùng</translation>
        </message>
        <message>
            <source>Usually 8883 with encryption and 1883 without.</source>
            <translation>Thường là 8883 khi mã hóa và 1883 khi không.</translation>
        </message>
        <message>
            <source>Usually it counts for itself, under other names.</source>
            <translation>Thường gói đếm riêng, dưới tên khác.</translation>
        </message>
        <message>
            <source>Usually they start off, so that you can try them first.</source>
            <translation>Thường thì chúng tắt lúc đầu để bạn thử trước.</translation>
        </message>
        <message>
            <source>VALUES</source>
            <translation>GIÁ TRỊ</translation>
        </message>
        <message>
            <source>VIEWERS</source>
            <translation>NGƯỜI XEM</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Giá trị</translation>
        </message>
        <message>
            <source>Value of {name}</source>
            <translation>Giá trị của {name}</translation>
        </message>
        <message>
            <source>Value that answers</source>
            <translation>Giá trị trả lời</translation>
        </message>
        <message>
            <source>Value to write to</source>
            <translation>Giá trị để ghi</translation>
        </message>
        <message>
            <source>Value, e.g. 0</source>
            <translation>Giá trị, ví dụ 0</translation>
        </message>
        <message>
            <source>Values for off</source>
            <translation>Giá trị khi tắt</translation>
        </message>
        <message>
            <source>Values for on</source>
            <translation>Giá trị khi bật</translation>
        </message>
        <message>
            <source>Values to read</source>
            <translation>Giá trị cần đọc</translation>
        </message>
        <message>
            <source>Variable</source>
            <translation>Biến</translation>
        </message>
        <message>
            <source>Variables</source>
            <translation>Biến</translation>
        </message>
        <message>
            <source>Variables begin anew: {names}</source>
            <translation>Biến bắt đầu lại: {names}</translation>
        </message>
        <message>
            <source>Vibration</source>
            <translation>Rung</translation>
        </message>
        <message>
            <source>Viewer</source>
            <translation>Người xem</translation>
        </message>
        <message>
            <source>Viewer count</source>
            <translation>Số người xem</translation>
        </message>
        <message>
            <source>Viewers</source>
            <translation>Người xem</translation>
        </message>
        <message>
            <source>Viewers now</source>
            <translation>Số người xem</translation>
        </message>
        <message>
            <source>Viewers reached</source>
            <translation>Đạt số người xem</translation>
        </message>
        <message>
            <source>Voice</source>
            <translation>Giọng đọc</translation>
        </message>
        <message>
            <source>Voltage</source>
            <translation>Điện áp</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Âm lượng</translation>
        </message>
        <message>
            <source>WHAT IT ASKS YOU</source>
            <translation>GÓI HỎI BẠN</translation>
        </message>
        <message>
            <source>WHAT IT DOES</source>
            <translation>GÓI LÀM GÌ</translation>
        </message>
        <message>
            <source>WHAT IT NEEDS</source>
            <translation>GÓI CẦN GÌ</translation>
        </message>
        <message>
            <source>WHAT IT REACHES OUTSIDE THE RULES</source>
            <translation>GÓI TÁC ĐỘNG RA NGOÀI QUY TẮC</translation>
        </message>
        <message>
            <source>WHAT THE PACK HOLDS, AND WHAT STAYS WITH YOU</source>
            <translation>GÓI CHỨA GÌ, VÀ GÌ Ở LẠI MÁY BẠN</translation>
        </message>
        <message>
            <source>WHEN</source>
            <translation>KHI</translation>
        </message>
        <message>
            <source>WHO MAY LOG IN</source>
            <translation>AI ĐƯỢC ĐĂNG NHẬP</translation>
        </message>
        <message>
            <source>WHO SENT IT</source>
            <translation>NGƯỜI GỬI</translation>
        </message>
        <message>
            <source>WLED does not take live light. Switch on “Receive UDP realtime” in WLED: Config, Sync Interfaces.</source>
            <translation>WLED không nhận ánh sáng trực tiếp. Hãy bật “Receive UDP realtime” trong WLED: Config, Sync Interfaces.</translation>
        </message>
        <message>
            <source>WLED light strip</source>
            <translation>Dây đèn WLED</translation>
        </message>
        <message>
            <source>WLED over MQTT</source>
            <translation>WLED qua MQTT</translation>
        </message>
        <message>
            <source>WOULD BE SENT</source>
            <translation>SẼ ĐƯỢC GỬI</translation>
        </message>
        <message>
            <source>Wait</source>
            <translation>Chờ</translation>
        </message>
        <message>
            <source>Wait in line</source>
            <translation>Xếp hàng</translation>
        </message>
        <message>
            <source>Wait in line, replace what runs, add to it, or skip. Empty: as the device likes it.</source>
            <translation>Xếp hàng, thay lệnh đang chạy, cộng dồn hoặc bỏ qua. Để trống: tùy thiết bị.</translation>
        </message>
        <message>
            <source>Wait until the test is over.</source>
            <translation>Hãy đợi lần thử kết thúc.</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>Đang chờ</translation>
        </message>
        <message>
            <source>Waiting for it to log in…</source>
            <translation>Đang chờ nó đăng nhập…</translation>
        </message>
        <message>
            <source>Waiting for {names}.</source>
            <translation>Đang chờ {names}.</translation>
        </message>
        <message>
            <source>Waiting: {device} is offline</source>
            <translation>Đang chờ: {device} mất kết nối</translation>
        </message>
        <message>
            <source>Waits this long between one time and the next, 0.05 s at least. 0: none.</source>
            <translation>Chờ chừng này giữa hai lần, ít nhất 0,05 giây. 0: không chờ.</translation>
        </message>
        <message>
            <source>Waits: it must not run together with what runs now.</source>
            <translation>Đang chờ: không được chạy cùng lúc với thứ đang chạy.</translation>
        </message>
        <message>
            <source>Waits: the power supply does not give more at once.</source>
            <translation>Đang chờ: nguồn điện không đủ thêm lúc này.</translation>
        </message>
        <message>
            <source>Warmth: {percent} %</source>
            <translation>Độ nóng: {percent} %</translation>
        </message>
        <message>
            <source>Waveshare Modbus RTU Relay</source>
            <translation>Waveshare Modbus RTU Relay</translation>
        </message>
        <message>
            <source>Waveshare boards switch off by themselves, which is safer.</source>
            <translation>Bo Waveshare tự tắt được, như vậy an toàn hơn.</translation>
        </message>
        <message>
            <source>We began with a new one. The damaged file is kept beside it.</source>
            <translation>Một tệp mới đã được tạo. Tệp hỏng được giữ lại bên cạnh.</translation>
        </message>
        <message>
            <source>We connect again when you go live.</source>
            <translation>Ứng dụng sẽ kết nối lại khi bạn LIVE.</translation>
        </message>
        <message>
            <source>We connect by ourselves when you start.</source>
            <translation>Ứng dụng tự kết nối khi bạn bắt đầu.</translation>
        </message>
        <message>
            <source>We keep trying. An update may help.</source>
            <translation>Ứng dụng vẫn tiếp tục thử. Bản cập nhật có thể giúp được.</translation>
        </message>
        <message>
            <source>We reconnect by ourselves.</source>
            <translation>Ứng dụng tự kết nối lại.</translation>
        </message>
        <message>
            <source>We try again by ourselves.</source>
            <translation>Ứng dụng tự thử lại.</translation>
        </message>
        <message>
            <source>We try again in a while. A VPN often causes it.</source>
            <translation>Lát nữa ứng dụng sẽ thử lại. VPN thường gây ra lỗi này.</translation>
        </message>
        <message>
            <source>We wait so that TikTok does not block you.</source>
            <translation>Ứng dụng chờ để TikTok không chặn bạn.</translation>
        </message>
        <message>
            <source>Web address</source>
            <translation>Địa chỉ web</translation>
        </message>
        <message>
            <source>Web request</source>
            <translation>Yêu cầu web</translation>
        </message>
        <message>
            <source>Wednesday</source>
            <translation>Thứ Tư</translation>
        </message>
        <message>
            <source>Weekdays</source>
            <translation>Các ngày trong tuần</translation>
        </message>
        <message>
            <source>Weight</source>
            <translation>Trọng số</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Nội dung</translation>
        </message>
        <message>
            <source>What a light does when its time is over.</source>
            <translation>Đèn làm gì khi hết thời gian.</translation>
        </message>
        <message>
            <source>What answers there is no MQTT broker. Check the address and the port; most use 1883.</source>
            <translation>Nơi đó không phải máy chủ MQTT. Hãy kiểm tra địa chỉ và cổng; đa số dùng 1883.</translation>
        </message>
        <message>
            <source>What answers there is not Home Assistant. Check the address and the port; most use 8123.</source>
            <translation>Nơi đó không phải Home Assistant. Hãy kiểm tra địa chỉ và cổng; đa số dùng 8123.</translation>
        </message>
        <message>
            <source>What answers there is not OBS. Check the port under Tools, WebSocket Server Settings in OBS.</source>
            <translation>Nơi đó không phải OBS. Hãy kiểm tra cổng trong OBS: Tools, WebSocket Server Settings.</translation>
        </message>
        <message>
            <source>What answers there is not WLED. Check the address.</source>
            <translation>Nơi đó không phải WLED. Hãy kiểm tra địa chỉ.</translation>
        </message>
        <message>
            <source>What brings it to rest; it must always work.</source>
            <translation>Nội dung đưa thiết bị về trạng thái nghỉ; phải luôn có tác dụng.</translation>
        </message>
        <message>
            <source>What came of it</source>
            <translation>Kết quả</translation>
        </message>
        <message>
            <source>What counts</source>
            <translation>Đếm gì</translation>
        </message>
        <message>
            <source>What every answer holds if the device took the command, such as OK. Empty if it does not answer.</source>
            <translation>Chữ luôn có trong câu trả lời khi thiết bị đã nhận lệnh, ví dụ OK. Để trống nếu nó không trả lời.</translation>
        </message>
        <message>
            <source>What full strength or on is called, such as 1, 100 or 255.</source>
            <translation>Số ứng với mức tối đa hoặc bật, ví dụ 1, 100 hoặc 255.</translation>
        </message>
        <message>
            <source>What goes over the wire of {name}</source>
            <translation>Dữ liệu truyền của {name}</translation>
        </message>
        <message>
            <source>What hangs on the board's pins.</source>
            <translation>Những gì nối vào các chân của bo mạch.</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Diễn biến</translation>
        </message>
        <message>
            <source>What happens</source>
            <translation>Việc xảy ra</translation>
        </message>
        <message>
            <source>What is connected</source>
            <translation>Đang nối với gì</translation>
        </message>
        <message>
            <source>What is more important goes first in a device's line.</source>
            <translation>Việc quan trọng hơn đi trước trong hàng của thiết bị.</translation>
        </message>
        <message>
            <source>What is sent</source>
            <translation>Nội dung gửi</translation>
        </message>
        <message>
            <source>What it answers</source>
            <translation>Nó trả lời gì</translation>
        </message>
        <message>
            <source>What it can do, each with its OSC address.</source>
            <translation>Những gì nó làm được, mỗi thứ với địa chỉ OSC của nó.</translation>
        </message>
        <message>
            <source>What it does</source>
            <translation>Chân này làm gì</translation>
        </message>
        <message>
            <source>What it is</source>
            <translation>Đây là gì</translation>
        </message>
        <message>
            <source>What it tells when it is off. 0 and false always mean off.</source>
            <translation>Nội dung thiết bị báo khi đang tắt. 0 và false luôn nghĩa là tắt.</translation>
        </message>
        <message>
            <source>What it tells when it is on.</source>
            <translation>Nội dung thiết bị báo khi đang bật.</translation>
        </message>
        <message>
            <source>What it uses up</source>
            <translation>Mức hao tốn</translation>
        </message>
        <message>
            <source>What may run together</source>
            <translation>Những gì được chạy cùng lúc</translation>
        </message>
        <message>
            <source>What others should know</source>
            <translation>Điều người khác cần biết</translation>
        </message>
        <message>
            <source>What should gifts move?</source>
            <translation>Quà sẽ điều khiển cái gì?</translation>
        </message>
        <message>
            <source>What stands before every command, such as http://192.168.1.50</source>
            <translation>Phần đứng trước mọi lệnh, ví dụ http://192.168.1.50</translation>
        </message>
        <message>
            <source>What starts the rule</source>
            <translation>Điều kích hoạt quy tắc</translation>
        </message>
        <message>
            <source>What starts the rule: {part}</source>
            <translation>Điều kích hoạt quy tắc: {part}</translation>
        </message>
        <message>
            <source>What the board was made for. WLED takes both; TPM2 can be checked.</source>
            <translation>Giao thức mà bo dùng. WLED nhận cả hai; TPM2 thì kiểm tra được.</translation>
        </message>
        <message>
            <source>What the device can do, each with its commands.</source>
            <translation>Những gì thiết bị làm được, mỗi thứ với lệnh của nó.</translation>
        </message>
        <message>
            <source>What the device takes as the end of a line.</source>
            <translation>Dấu mà thiết bị coi là hết dòng.</translation>
        </message>
        <message>
            <source>What the group is told, all in it are told, each within its own limits.</source>
            <translation>Nhóm nhận lệnh gì thì mọi thiết bị trong nhóm nhận lệnh đó, mỗi cái theo giới hạn riêng.</translation>
        </message>
        <message>
            <source>What this output does</source>
            <translation>Đầu ra này làm gì</translation>
        </message>
        <message>
            <source>What this output is called, such as: Pump.</source>
            <translation>Tên của đầu ra này, ví dụ: Máy bơm.</translation>
        </message>
        <message>
            <source>What this output is called, such as: Strobe.</source>
            <translation>Tên của đầu ra này, ví dụ: Đèn chớp.</translation>
        </message>
        <message>
            <source>What this practice device pretends to be.</source>
            <translation>Thiết bị giả lập này đóng vai gì.</translation>
        </message>
        <message>
            <source>What to check against</source>
            <translation>Kiểm tra với sự kiện nào</translation>
        </message>
        <message>
            <source>What to do</source>
            <translation>Việc cần làm</translation>
        </message>
        <message>
            <source>What to give</source>
            <translation>Chia sẻ những gì</translation>
        </message>
        <message>
            <source>What waited longer than this is dropped.</source>
            <translation>Lệnh chờ lâu hơn chừng này sẽ bị bỏ.</translation>
        </message>
        <message>
            <source>What was copied does not fit here.</source>
            <translation>Nội dung đã sao chép không hợp với chỗ này.</translation>
        </message>
        <message>
            <source>What your rules count, and who gave most</source>
            <translation>Những gì quy tắc đếm, và ai tặng nhiều nhất</translation>
        </message>
        <message>
            <source>Whatever came of it</source>
            <translation>Mọi kết quả</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Khi</translation>
        </message>
        <message>
            <source>Where it listens.</source>
            <translation>Nơi nó chờ lệnh.</translation>
        </message>
        <message>
            <source>Where it looks when nothing happens; 50 is the middle of its way.</source>
            <translation>Hướng của đèn khi không có gì xảy ra; 50 là chính giữa.</translation>
        </message>
        <message>
            <source>Where on the board the motor is plugged in.</source>
            <translation>Động cơ cắm vào trục nào trên bo mạch.</translation>
        </message>
        <message>
            <source>Where the device listens.</source>
            <translation>Nơi thiết bị nghe lệnh.</translation>
        </message>
        <message>
            <source>Where the device tells what it does. Empty if it tells nothing.</source>
            <translation>Nơi thiết bị báo nó đang làm gì. Để trống nếu không báo.</translation>
        </message>
        <message>
            <source>Where the device, or the broker for it, tells whether it is there.</source>
            <translation>Nơi thiết bị, hoặc máy chủ thay nó, báo thiết bị còn kết nối không.</translation>
        </message>
        <message>
            <source>Which LIVE should we listen to?</source>
            <translation>Bạn muốn kết nối buổi LIVE nào?</translation>
        </message>
        <message>
            <source>Which gifts</source>
            <translation>Những món quà nào</translation>
        </message>
        <message>
            <source>Which kind of stream</source>
            <translation>Loại buổi LIVE</translation>
        </message>
        <message>
            <source>Which period</source>
            <translation>Khoảng thời gian</translation>
        </message>
        <message>
            <source>Which rules</source>
            <translation>Những quy tắc nào</translation>
        </message>
        <message>
            <source>Which variable</source>
            <translation>Biến nào</translation>
        </message>
        <message>
            <source>While it is away or fails, this one does its work</source>
            <translation>Khi nó vắng hoặc hỏng, thiết bị này làm thay</translation>
        </message>
        <message>
            <source>White lamp: brightness</source>
            <translation>Đèn trắng: độ sáng</translation>
        </message>
        <message>
            <source>Who can log in</source>
            <translation>Ai đăng nhập được</translation>
        </message>
        <message>
            <source>Whoever comes second waits.</source>
            <translation>Cái nào đến sau thì chờ.</translation>
        </message>
        <message>
            <source>Whoever subscribes later gets it too.</source>
            <translation>Ai đăng ký sau cũng nhận được.</translation>
        </message>
        <message>
            <source>Whole numbers</source>
            <translation>Số nguyên</translation>
        </message>
        <message>
            <source>Whose LIVE Giftwire listens to. Empty: none.</source>
            <translation>Giftwire nhận quà từ buổi LIVE của ai. Để trống: không của ai.</translation>
        </message>
        <message>
            <source>Whose gifts are listened to</source>
            <translation>Nhận quà của buổi LIVE nào</translation>
        </message>
        <message>
            <source>Why did my rules run, or not?</source>
            <translation>Vì sao quy tắc chạy hoặc không?</translation>
        </message>
        <message>
            <source>Why it did not run</source>
            <translation>Vì sao chưa chạy</translation>
        </message>
        <message>
            <source>Wi-Fi devices</source>
            <translation>Thiết bị Wi-Fi</translation>
        </message>
        <message>
            <source>Wiring</source>
            <translation>Cách nối dây</translation>
        </message>
        <message>
            <source>With a difference</source>
            <translation>Có khác biệt</translation>
        </message>
        <message>
            <source>With a warning</source>
            <translation>Có cảnh báo</translation>
        </message>
        <message>
            <source>With practice</source>
            <translation>Gồm cả chạy thử</translation>
        </message>
        <message>
            <source>Within</source>
            <translation>Trong vòng</translation>
        </message>
        <message>
            <source>Worth at least</source>
            <translation>Đáng giá ít nhất</translation>
        </message>
        <message>
            <source>Write a line into your log to read later.</source>
            <translation>Ghi một dòng vào nhật ký để đọc sau.</translation>
        </message>
        <message>
            <source>Write a number.</source>
            <translation>Hãy viết một số.</translation>
        </message>
        <message>
            <source>Write to your log</source>
            <translation>Ghi nhật ký</translation>
        </message>
        <message>
            <source>YOUR BUTTONS</source>
            <translation>NÚT CỦA BẠN</translation>
        </message>
        <message>
            <source>YOUR DEVICES</source>
            <translation>THIẾT BỊ CỦA BẠN</translation>
        </message>
        <message>
            <source>YOUR LIMITS: ONLY TIGHTER</source>
            <translation>GIỚI HẠN CỦA BẠN: CHỈ CHẶT HƠN</translation>
        </message>
        <message>
            <source>YOUR LIVE</source>
            <translation>BUỔI LIVE CỦA BẠN</translation>
        </message>
        <message>
            <source>You agreed that it can hurt.</source>
            <translation>Bạn đã đồng ý rằng nó có thể gây đau.</translation>
        </message>
        <message>
            <source>You are not live.</source>
            <translation>Bạn chưa LIVE.</translation>
        </message>
        <message>
            <source>You can add it again at any time.</source>
            <translation>Bạn có thể thêm lại bất cứ lúc nào.</translation>
        </message>
        <message>
            <source>You get a name and a password for the device in the next step.</source>
            <translation>Bước sau bạn sẽ nhận tên và mật khẩu cho thiết bị.</translation>
        </message>
        <message>
            <source>You have a variable “{name}” already, and a text is too long for another name. Share your variables with the pack.</source>
            <translation>Bạn đã có biến “{name}”, mà nội dung quá dài nên không đổi tên được. Hãy dùng chung biến với gói.</translation>
        </message>
        <message>
            <source>You have a variable “{name}” already. The pack's comes as “{other}”.</source>
            <translation>Bạn đã có biến “{name}”. Biến của gói được đổi tên thành “{other}”.</translation>
        </message>
        <message>
            <source>You have a variable “{name}” already. Yours stays, and is shared.</source>
            <translation>Bạn đã có biến “{name}”. Biến của bạn được giữ nguyên và dùng chung.</translation>
        </message>
        <message>
            <source>You have no devices yet, so practice devices were used.</source>
            <translation>Bạn chưa có thiết bị nào nên đã dùng thiết bị giả lập.</translation>
        </message>
        <message>
            <source>You press a button of your own on the Live page.</source>
            <translation>Bạn bấm một nút riêng ở trang LIVE.</translation>
        </message>
        <message>
            <source>You press keys on the keyboard, even while you play a game.</source>
            <translation>Bạn nhấn phím tắt, kể cả khi đang chơi game.</translation>
        </message>
        <message>
            <source>You say which texts switch it on and off, at which topics.</source>
            <translation>Bạn tự đặt nội dung bật, tắt và chủ đề tương ứng.</translation>
        </message>
        <message>
            <source>Your LIVE is found and its events come in.</source>
            <translation>Tìm thấy buổi LIVE của bạn và bắt đầu nhận sự kiện.</translation>
        </message>
        <message>
            <source>Your LIVE is over.</source>
            <translation>Buổi LIVE của bạn kết thúc.</translation>
        </message>
        <message>
            <source>Your MQTT broker is connected again.</source>
            <translation>Đã kết nối lại với máy chủ MQTT.</translation>
        </message>
        <message>
            <source>Your TikTok user name</source>
            <translation>Tên người dùng TikTok của bạn</translation>
        </message>
        <message>
            <source>Your change works until you quit. Check the disk and its permissions.</source>
            <translation>Thay đổi có hiệu lực tới khi bạn thoát. Hãy kiểm tra ổ đĩa và quyền truy cập.</translation>
        </message>
        <message>
            <source>Your device obeys the {ms} or {s} in its command. That is safer.</source>
            <translation>Thiết bị làm theo {ms} hoặc {s} trong lệnh. Như vậy an toàn hơn.</translation>
        </message>
        <message>
            <source>Your name, if you like</source>
            <translation>Tên của bạn, nếu muốn</translation>
        </message>
        <message>
            <source>Your own free key raises the limit of new connections.</source>
            <translation>Khóa miễn phí của riêng bạn giúp tăng số kết nối mới.</translation>
        </message>
        <message>
            <source>Your own free key raises the limit.</source>
            <translation>Khóa miễn phí của riêng bạn giúp tăng giới hạn.</translation>
        </message>
        <message>
            <source>Zigbee (Zigbee2MQTT)</source>
            <translation>Zigbee (Zigbee2MQTT)</translation>
        </message>
        <message>
            <source>Zigbee2MQTT knows no “{name}”. Check the name as it stands there.</source>
            <translation>Zigbee2MQTT không có “{name}”. Hãy kiểm tra tên đúng như ở đó.</translation>
        </message>
        <message>
            <source>\r</source>
            <translation>\r</translation>
        </message>
        <message>
            <source>\r\n</source>
            <translation>\r\n</translation>
        </message>
        <message>
            <source>a condition is not met</source>
            <translation>một điều kiện chưa đúng</translation>
        </message>
        <message>
            <source>a curly bracket is missing in this text</source>
            <translation>nội dung thiếu một dấu ngoặc nhọn</translation>
        </message>
        <message>
            <source>a formula did not work</source>
            <translation>công thức không tính được</translation>
        </message>
        <message>
            <source>a formula may have {most} characters at most</source>
            <translation>công thức dài tối đa {most} ký tự</translation>
        </message>
        <message>
            <source>a newer one took its place</source>
            <translation>đã có lệnh mới hơn thay thế</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>số</translation>
        </message>
        <message>
            <source>a part of this rule does not work ({fault})</source>
            <translation>một phần của quy tắc này bị lỗi ({fault})</translation>
        </message>
        <message>
            <source>a practice device</source>
            <translation>một thiết bị giả lập</translation>
        </message>
        <message>
            <source>a text</source>
            <translation>chữ</translation>
        </message>
        <message>
            <source>a text may have {most} characters at most</source>
            <translation>nội dung dài tối đa {most} ký tự</translation>
        </message>
        <message>
            <source>a variable could not take the value</source>
            <translation>biến không nhận được giá trị</translation>
        </message>
        <message>
            <source>a variable of yours</source>
            <translation>biến của bạn</translation>
        </message>
        <message>
            <source>a variable was not set</source>
            <translation>biến chưa được đặt</translation>
        </message>
        <message>
            <source>a warning</source>
            <translation>cảnh báo</translation>
        </message>
        <message>
            <source>actions run</source>
            <translation>lệnh đã chạy</translation>
        </message>
        <message>
            <source>add</source>
            <translation>thêm</translation>
        </message>
        <message>
            <source>add up</source>
            <translation>cộng dồn</translation>
        </message>
        <message>
            <source>after {length}</source>
            <translation>sau {length}</translation>
        </message>
        <message>
            <source>alarms</source>
            <translation>báo động</translation>
        </message>
        <message>
            <source>always plug it into this USB socket</source>
            <translation>luôn cắm vào đúng cổng USB này</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>và %Ln việc nữa</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more command(s)</source>
            <translation>
                <numerusform>và %Ln lệnh nữa</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more rule(s)</source>
            <translation>
                <numerusform>và %Ln quy tắc nữa</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more step(s)</source>
            <translation>
                <numerusform>và %Ln bước nữa</numerusform>
            </translation>
        </message>
        <message>
            <source>and {more_steps} more steps</source>
            <translation>và {more_steps} bước nữa</translation>
        </message>
        <message>
            <source>and {n} more</source>
            <translation>và {n} mục nữa</translation>
        </message>
        <message>
            <source>anna, minh, …</source>
            <translation>lan, minh, …</translation>
        </message>
        <message>
            <source>another rule is missing</source>
            <translation>thiếu một quy tắc khác</translation>
        </message>
        <message>
            <source>another set of rules was chosen</source>
            <translation>đã chọn bộ quy tắc khác</translation>
        </message>
        <message>
            <source>any</source>
            <translation>bất kỳ</translation>
        </message>
        <message>
            <source>anything but</source>
            <translation>khác</translation>
        </message>
        <message>
            <source>anything but {wanted}</source>
            <translation>khác {wanted}</translation>
        </message>
        <message>
            <source>as far as it may</source>
            <translation>tới mức cho phép</translation>
        </message>
        <message>
            <source>as it is</source>
            <translation>giữ nguyên</translation>
        </message>
        <message>
            <source>as one combo</source>
            <translation>thành một combo</translation>
        </message>
        <message>
            <source>as the device likes it</source>
            <translation>tùy thiết bị</translation>
        </message>
        <message>
            <source>at least</source>
            <translation>ít nhất</translation>
        </message>
        <message>
            <source>at least {wanted}</source>
            <translation>ít nhất {wanted}</translation>
        </message>
        <message>
            <source>at most</source>
            <translation>tối đa</translation>
        </message>
        <message>
            <source>at most {wanted}</source>
            <translation>tối đa {wanted}</translation>
        </message>
        <message>
            <source>battle ended in a draw, {own} : {other}</source>
            <translation>trận PK hòa, {own} : {other}</translation>
        </message>
        <message>
            <source>battle has begun</source>
            <translation>trận PK đã bắt đầu</translation>
        </message>
        <message>
            <source>battle lost, {own} : {other}</source>
            <translation>thua trận PK, {own} : {other}</translation>
        </message>
        <message>
            <source>battle score {own} : {other}</source>
            <translation>tỷ số trận PK {own} : {other}</translation>
        </message>
        <message>
            <source>battle was called off</source>
            <translation>trận PK bị hủy</translation>
        </message>
        <message>
            <source>battle won, {own} : {other}</source>
            <translation>thắng trận PK, {own} : {other}</translation>
        </message>
        <message>
            <source>big, 100 to 499 coins</source>
            <translation>lớn, 100 đến 499 xu</translation>
        </message>
        <message>
            <source>blue</source>
            <translation>xanh dương</translation>
        </message>
        <message>
            <source>breaks the rules of MQTT</source>
            <translation>làm sai quy tắc MQTT</translation>
        </message>
        <message>
            <source>bright light</source>
            <translation>ánh sáng mạnh</translation>
        </message>
        <message numerus="yes">
            <source>came %Ln time(s)</source>
            <translation>
                <numerusform>đã đến %Ln lần</numerusform>
            </translation>
        </message>
        <message>
            <source>can be started by programs on this computer: {what}</source>
            <translation>có thể được kích hoạt bởi chương trình trên máy này: {what}</translation>
        </message>
        <message>
            <source>can be started over your MQTT broker: {what}</source>
            <translation>có thể được kích hoạt qua máy chủ MQTT: {what}</translation>
        </message>
        <message>
            <source>can hurt</source>
            <translation>có thể gây đau</translation>
        </message>
        <message>
            <source>chance took choice {picked} of {choices}</source>
            <translation>ngẫu nhiên chọn mục {picked} trong {choices}</translation>
        </message>
        <message>
            <source>channel {n}</source>
            <translation>kênh {n}</translation>
        </message>
        <message>
            <source>channels {first} to {last}</source>
            <translation>kênh {first} đến {last}</translation>
        </message>
        <message>
            <source>chosen</source>
            <translation>đã chọn</translation>
        </message>
        <message>
            <source>coins</source>
            <translation>xu</translation>
        </message>
        <message>
            <source>coins × count</source>
            <translation>xu × số lượng</translation>
        </message>
        <message>
            <source>colour {red}, {green}, {blue}</source>
            <translation>màu {red}, {green}, {blue}</translation>
        </message>
        <message>
            <source>combines</source>
            <translation>có combo</translation>
        </message>
        <message>
            <source>connected</source>
            <translation>đã kết nối</translation>
        </message>
        <message>
            <source>connected and said nothing</source>
            <translation>kết nối mà không gửi gì</translation>
        </message>
        <message>
            <source>connecting</source>
            <translation>đang kết nối</translation>
        </message>
        <message>
            <source>contains</source>
            <translation>chứa</translation>
        </message>
        <message>
            <source>cooling down</source>
            <translation>đang nghỉ</translation>
        </message>
        <message>
            <source>cooling down for this viewer, {left_s} left</source>
            <translation>người xem này phải chờ thêm {left_s}</translation>
        </message>
        <message>
            <source>cooling down, {left_s} left</source>
            <translation>đang nghỉ, còn {left_s}</translation>
        </message>
        <message>
            <source>count every gift at once</source>
            <translation>tính ngay từng món quà</translation>
        </message>
        <message>
            <source>count once, when it ends</source>
            <translation>tính một lần khi kết thúc</translation>
        </message>
        <message>
            <source>cut down</source>
            <translation>bị giảm</translation>
        </message>
        <message>
            <source>cut down from {asked} to {allowed}</source>
            <translation>giảm từ {asked} xuống {allowed}</translation>
        </message>
        <message>
            <source>cut down to {allowed}</source>
            <translation>giảm còn {allowed}</translation>
        </message>
        <message>
            <source>directly, not through a rule</source>
            <translation>trực tiếp, không qua quy tắc</translation>
        </message>
        <message>
            <source>does more outside the rules: {what}</source>
            <translation>làm việc khác bên ngoài: {what}</translation>
        </message>
        <message>
            <source>does not combine</source>
            <translation>không có combo</translation>
        </message>
        <message>
            <source>does not hold</source>
            <translation>không đúng</translation>
        </message>
        <message>
            <source>does not speak MQTT</source>
            <translation>không dùng MQTT</translation>
        </message>
        <message>
            <source>done</source>
            <translation>đã làm</translation>
        </message>
        <message>
            <source>drives {what}</source>
            <translation>điều khiển {what}</translation>
        </message>
        <message>
            <source>drives {what}, which can hurt people or things</source>
            <translation>điều khiển {what}, có thể gây thương tích hoặc hư hỏng</translation>
        </message>
        <message>
            <source>drop it</source>
            <translation>bỏ qua</translation>
        </message>
        <message>
            <source>e.g. 1000</source>
            <translation>ví dụ 1000</translation>
        </message>
        <message>
            <source>effect “{effect}”</source>
            <translation>hiệu ứng “{effect}”</translation>
        </message>
        <message>
            <source>every day</source>
            <translation>mỗi ngày</translation>
        </message>
        <message>
            <source>everything is stopped</source>
            <translation>mọi thứ đang dừng</translation>
        </message>
        <message>
            <source>everything was stopped</source>
            <translation>mọi thứ đã dừng</translation>
        </message>
        <message>
            <source>exactly</source>
            <translation>đúng bằng</translation>
        </message>
        <message>
            <source>exactly {wanted}</source>
            <translation>đúng {wanted}</translation>
        </message>
        <message>
            <source>failed too often and has to wait</source>
            <translation>sai quá nhiều lần và phải chờ</translation>
        </message>
        <message>
            <source>falls below</source>
            <translation>xuống dưới</translation>
        </message>
        <message>
            <source>first from @{who}</source>
            <translation>lần đầu từ @{who}</translation>
        </message>
        <message numerus="yes">
            <source>flash %Ln time(s)</source>
            <translation>
                <numerusform>nháy %Ln lần</numerusform>
            </translation>
        </message>
        <message>
            <source>flashes</source>
            <translation>nháy</translation>
        </message>
        <message>
            <source>folded</source>
            <translation>đang gấp</translation>
        </message>
        <message>
            <source>followed you</source>
            <translation>đã theo dõi bạn</translation>
        </message>
        <message>
            <source>for good</source>
            <translation>lâu dài</translation>
        </message>
        <message>
            <source>for {length} at most</source>
            <translation>tối đa {length}</translation>
        </message>
        <message>
            <source>from a follower</source>
            <translation>từ người theo dõi</translation>
        </message>
        <message>
            <source>from a moderator</source>
            <translation>từ người kiểm duyệt</translation>
        </message>
        <message>
            <source>from a subscriber</source>
            <translation>từ người đăng ký</translation>
        </message>
        <message>
            <source>from someone new</source>
            <translation>từ người mới</translation>
        </message>
        <message>
            <source>gift {id}</source>
            <translation>quà {id}</translation>
        </message>
        <message>
            <source>gifts</source>
            <translation>quà</translation>
        </message>
        <message>
            <source>gifts per minute</source>
            <translation>quà mỗi phút</translation>
        </message>
        <message>
            <source>goes on</source>
            <translation>tiếp tục</translation>
        </message>
        <message>
            <source>goes on after {pause_s}</source>
            <translation>tiếp tục sau {pause_s}</translation>
        </message>
        <message>
            <source>goes to {device}</source>
            <translation>gửi tới {device}</translation>
        </message>
        <message>
            <source>gold</source>
            <translation>vàng</translation>
        </message>
        <message>
            <source>good to know</source>
            <translation>để biết</translation>
        </message>
        <message>
            <source>green</source>
            <translation>xanh lá</translation>
        </message>
        <message>
            <source>groups may hold groups {most} deep at most</source>
            <translation>nhóm chỉ được lồng nhau tối đa {most} lớp</translation>
        </message>
        <message>
            <source>had to wait for its turn</source>
            <translation>phải chờ đến lượt</translation>
        </message>
        <message>
            <source>has ended</source>
            <translation>đã kết thúc</translation>
        </message>
        <message>
            <source>has not run in this LIVE</source>
            <translation>chưa chạy trong buổi LIVE này</translation>
        </message>
        <message>
            <source>heat</source>
            <translation>nóng</translation>
        </message>
        <message>
            <source>hello</source>
            <translation>xin chào</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>ẩn</translation>
        </message>
        <message>
            <source>hide “{source}”</source>
            <translation>ẩn “{source}”</translation>
        </message>
        <message>
            <source>high</source>
            <translation>cao</translation>
        </message>
        <message>
            <source>highest</source>
            <translation>cao nhất</translation>
        </message>
        <message>
            <source>hold Ctrl, Alt or Meta with it, or use a function key</source>
            <translation>hãy giữ kèm Ctrl, Alt hoặc Meta, hoặc dùng phím chức năng</translation>
        </message>
        <message>
            <source>holds</source>
            <translation>đúng</translation>
        </message>
        <message>
            <source>how many this run counts</source>
            <translation>lần chạy này tính bao nhiêu</translation>
        </message>
        <message>
            <source>huge, 500 coins and more</source>
            <translation>rất lớn, từ 500 xu trở lên</translation>
        </message>
        <message>
            <source>is</source>
            <translation>là</translation>
        </message>
        <message>
            <source>is anything</source>
            <translation>bất kỳ</translation>
        </message>
        <message>
            <source>is at least</source>
            <translation>ít nhất</translation>
        </message>
        <message>
            <source>is at most</source>
            <translation>tối đa</translation>
        </message>
        <message>
            <source>is between</source>
            <translation>trong khoảng</translation>
        </message>
        <message>
            <source>is connected</source>
            <translation>đã kết nối</translation>
        </message>
        <message>
            <source>is connected and at rest</source>
            <translation>đã kết nối và đang rảnh</translation>
        </message>
        <message>
            <source>is less than</source>
            <translation>nhỏ hơn</translation>
        </message>
        <message>
            <source>is more than</source>
            <translation>lớn hơn</translation>
        </message>
        <message>
            <source>is none of</source>
            <translation>không thuộc</translation>
        </message>
        <message>
            <source>is not</source>
            <translation>khác</translation>
        </message>
        <message>
            <source>is not connected</source>
            <translation>chưa kết nối</translation>
        </message>
        <message>
            <source>is not running</source>
            <translation>không chạy</translation>
        </message>
        <message>
            <source>is off</source>
            <translation>đang tắt</translation>
        </message>
        <message>
            <source>is on</source>
            <translation>đang bật</translation>
        </message>
        <message>
            <source>is one of</source>
            <translation>là một trong</translation>
        </message>
        <message>
            <source>is paused by you</source>
            <translation>được bạn tạm dừng</translation>
        </message>
        <message>
            <source>is running</source>
            <translation>đang chạy</translation>
        </message>
        <message>
            <source>is sent out ({outlet})</source>
            <translation>được gửi đi ({outlet})</translation>
        </message>
        <message>
            <source>it begins</source>
            <translation>bắt đầu</translation>
        </message>
        <message>
            <source>it can hurt; read and type the consent on its card first</source>
            <translation>có thể gây đau; hãy đọc và gõ lời đồng ý trên thẻ thiết bị trước</translation>
        </message>
        <message>
            <source>it cannot have this name</source>
            <translation>không thể đặt tên như vậy</translation>
        </message>
        <message>
            <source>it comes to zero, so there is nothing to do</source>
            <translation>kết quả bằng 0 nên không cần làm gì</translation>
        </message>
        <message>
            <source>it divides by zero</source>
            <translation>chia cho 0</translation>
        </message>
        <message>
            <source>it ended after {most} steps, which is too many for one run</source>
            <translation>đã dừng sau {most} bước, quá nhiều cho một lần chạy</translation>
        </message>
        <message>
            <source>it ended because it had been running for {most_s}</source>
            <translation>đã dừng vì chạy suốt {most_s}</translation>
        </message>
        <message>
            <source>it ends, however</source>
            <translation>kết thúc, dù thế nào</translation>
        </message>
        <message>
            <source>it fits</source>
            <translation>phù hợp</translation>
        </message>
        <message>
            <source>it fits and counts as {amount}</source>
            <translation>phù hợp, tính là {amount}</translation>
        </message>
        <message>
            <source>it gives no number</source>
            <translation>không ra số</translation>
        </message>
        <message>
            <source>it happened before we connected</source>
            <translation>xảy ra trước khi kết nối</translation>
        </message>
        <message>
            <source>it is a draw</source>
            <translation>hòa</translation>
        </message>
        <message>
            <source>it is a text</source>
            <translation>đó là chữ</translation>
        </message>
        <message>
            <source>it is called off</source>
            <translation>bị hủy</translation>
        </message>
        <message>
            <source>it is lost</source>
            <translation>thua</translation>
        </message>
        <message>
            <source>it is not armed; arm it on its card first</source>
            <translation>thiết bị đang khóa; hãy mở khóa trên thẻ của nó trước</translation>
        </message>
        <message>
            <source>it is not set up; see Settings</source>
            <translation>chưa thiết lập; xem phần Cài đặt</translation>
        </message>
        <message>
            <source>it is still running from before</source>
            <translation>lần chạy trước chưa xong</translation>
        </message>
        <message>
            <source>it is won</source>
            <translation>thắng</translation>
        </message>
        <message>
            <source>it must be less than {lt}</source>
            <translation>phải nhỏ hơn {lt}</translation>
        </message>
        <message>
            <source>it must be more than {gt}</source>
            <translation>phải lớn hơn {gt}</translation>
        </message>
        <message>
            <source>it must be one of {expected}</source>
            <translation>phải là một trong {expected}</translation>
        </message>
        <message>
            <source>it must be {ge} or more</source>
            <translation>phải từ {ge} trở lên</translation>
        </message>
        <message>
            <source>it must be {le} or less</source>
            <translation>phải từ {le} trở xuống</translation>
        </message>
        <message>
            <source>it must not run together with what runs now</source>
            <translation>không được chạy cùng lúc với thứ đang chạy</translation>
        </message>
        <message>
            <source>it started over, so this run ended</source>
            <translation>quy tắc chạy lại từ đầu nên lần chạy này kết thúc</translation>
        </message>
        <message>
            <source>it waited too long</source>
            <translation>đã chờ quá lâu</translation>
        </message>
        <message>
            <source>it waited too long for its turn, {waited_s}</source>
            <translation>đã chờ đến lượt quá lâu, {waited_s}</translation>
        </message>
        <message>
            <source>it was interrupted</source>
            <translation>đã bị gián đoạn</translation>
        </message>
        <message>
            <source>it was not sent</source>
            <translation>không được gửi</translation>
        </message>
        <message>
            <source>its group is turned off</source>
            <translation>nhóm của quy tắc đang tắt</translation>
        </message>
        <message>
            <source>its turn came after {waited_s}</source>
            <translation>đến lượt sau {waited_s}</translation>
        </message>
        <message>
            <source>joined</source>
            <translation>đã vào xem</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>đã lưu</translation>
        </message>
        <message>
            <source>kept as owed</source>
            <translation>đã ghi nợ</translation>
        </message>
        <message>
            <source>kept as owed for {owed_s}</source>
            <translation>được ghi nợ trong {owed_s}</translation>
        </message>
        <message>
            <source>kept for the profile “{profile}”</source>
            <translation>giữ cho bộ quy tắc “{profile}”</translation>
        </message>
        <message>
            <source>leave name and password out of the address; use a secret</source>
            <translation>đừng ghi tên và mật khẩu vào địa chỉ; hãy dùng khóa bí mật</translation>
        </message>
        <message>
            <source>leave the new one out</source>
            <translation>bỏ lần mới</translation>
        </message>
        <message>
            <source>less than</source>
            <translation>ít hơn</translation>
        </message>
        <message>
            <source>less than {wanted}</source>
            <translation>nhỏ hơn {wanted}</translation>
        </message>
        <message numerus="yes">
            <source>liked %Ln time(s)</source>
            <translation>
                <numerusform>thả tim %Ln lần</numerusform>
            </translation>
        </message>
        <message>
            <source>likes</source>
            <translation>lượt thích</translation>
        </message>
        <message>
            <source>likes sent at once</source>
            <translation>số lượt thích gửi một lần</translation>
        </message>
        <message>
            <source>lines in the log</source>
            <translation>dòng nhật ký</translation>
        </message>
        <message>
            <source>listens for the keys {what}</source>
            <translation>nghe phím tắt {what}</translation>
        </message>
        <message>
            <source>logs in as “{name}”, which nobody is called here</source>
            <translation>đăng nhập với tên “{name}”, tên này không có ở đây</translation>
        </message>
        <message>
            <source>logs in without name and password</source>
            <translation>đăng nhập mà không có tên và mật khẩu</translation>
        </message>
        <message>
            <source>low</source>
            <translation>thấp</translation>
        </message>
        <message>
            <source>lowest</source>
            <translation>thấp nhất</translation>
        </message>
        <message>
            <source>mains power</source>
            <translation>điện lưới</translation>
        </message>
        <message>
            <source>medium, 10 to 99 coins</source>
            <translation>vừa, 10 đến 99 xu</translation>
        </message>
        <message>
            <source>min</source>
            <translation>phút</translation>
        </message>
        <message>
            <source>months</source>
            <translation>tháng</translation>
        </message>
        <message>
            <source>months subscribed</source>
            <translation>số tháng đăng ký</translation>
        </message>
        <message>
            <source>more than</source>
            <translation>nhiều hơn</translation>
        </message>
        <message>
            <source>more than {wanted}</source>
            <translation>lớn hơn {wanted}</translation>
        </message>
        <message>
            <source>move to {percent} %</source>
            <translation>đưa tới {percent} %</translation>
        </message>
        <message>
            <source>moves</source>
            <translation>chuyển động</translation>
        </message>
        <message>
            <source>never with</source>
            <translation>không cùng với</translation>
        </message>
        <message>
            <source>no</source>
            <translation>sai</translation>
        </message>
        <message>
            <source>no branch fits, so it does what stands under “Else”</source>
            <translation>không nhánh nào đúng nên làm phần “Nếu không”</translation>
        </message>
        <message>
            <source>no device is chosen</source>
            <translation>chưa chọn thiết bị</translation>
        </message>
        <message>
            <source>nobody</source>
            <translation>không có</translation>
        </message>
        <message>
            <source>none</source>
            <translation>không có</translation>
        </message>
        <message>
            <source>none of {wanted}</source>
            <translation>không thuộc {wanted}</translation>
        </message>
        <message>
            <source>none yet</source>
            <translation>chưa có</translation>
        </message>
        <message>
            <source>normal</source>
            <translation>bình thường</translation>
        </message>
        <message>
            <source>not connected</source>
            <translation>chưa kết nối</translation>
        </message>
        <message>
            <source>not kept yet: enter it in Settings</source>
            <translation>chưa lưu: hãy nhập trong Cài đặt</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>chưa biết</translation>
        </message>
        <message>
            <source>not live</source>
            <translation>chưa LIVE</translation>
        </message>
        <message>
            <source>not set</source>
            <translation>chưa đặt</translation>
        </message>
        <message>
            <source>nothing has this name</source>
            <translation>không có mục nào tên này</translation>
        </message>
        <message>
            <source>nothing yet</source>
            <translation>chưa có gì</translation>
        </message>
        <message>
            <source>notifications</source>
            <translation>thông báo</translation>
        </message>
        <message>
            <source>now</source>
            <translation>bây giờ</translation>
        </message>
        <message>
            <source>off</source>
            <translation>tắt</translation>
        </message>
        <message>
            <source>offline</source>
            <translation>mất kết nối</translation>
        </message>
        <message>
            <source>on</source>
            <translation>bật</translation>
        </message>
        <message>
            <source>on for {time}</source>
            <translation>bật {time}</translation>
        </message>
        <message>
            <source>on the body</source>
            <translation>trên người</translation>
        </message>
        <message>
            <source>one of {wanted}</source>
            <translation>một trong {wanted}</translation>
        </message>
        <message>
            <source>one pulse</source>
            <translation>một xung</translation>
        </message>
        <message>
            <source>only gifts of {at_least} coins or more</source>
            <translation>chỉ nhận quà từ {at_least} xu trở lên</translation>
        </message>
        <message>
            <source>only numbers, names, + - * / // % and comparisons may stand in a formula</source>
            <translation>công thức chỉ được chứa số, tên, + - * / // % và phép so sánh</translation>
        </message>
        <message>
            <source>only plain numbers may stand in a formula</source>
            <translation>công thức chỉ được chứa số thường</translation>
        </message>
        <message>
            <source>only these may be called in a formula: {known}</source>
            <translation>công thức chỉ được gọi: {known}</translation>
        </message>
        <message>
            <source>or</source>
            <translation>hoặc</translation>
        </message>
        <message>
            <source>passed</source>
            <translation>đạt</translation>
        </message>
        <message>
            <source>per second</source>
            <translation>lần mỗi giây</translation>
        </message>
        <message>
            <source>play “{sound}” at {percent} %</source>
            <translation>phát “{sound}” ở mức {percent} %</translation>
        </message>
        <message>
            <source>played in {took}, {times} times as fast</source>
            <translation>phát trong {took}, nhanh gấp {times} lần</translation>
        </message>
        <message>
            <source>plays the sound {what}</source>
            <translation>phát âm thanh {what}</translation>
        </message>
        <message>
            <source>points</source>
            <translation>điểm</translation>
        </message>
        <message>
            <source>practice</source>
            <translation>chạy thử</translation>
        </message>
        <message>
            <source>price not known</source>
            <translation>chưa biết giá</translation>
        </message>
        <message>
            <source>price of one gift, in coins</source>
            <translation>giá một món quà, tính bằng xu</translation>
        </message>
        <message>
            <source>problem</source>
            <translation>có lỗi</translation>
        </message>
        <message>
            <source>publish “{text}” to {topic}</source>
            <translation>gửi “{text}” tới {topic}</translation>
        </message>
        <message>
            <source>publishes to your MQTT broker: {what}</source>
            <translation>gửi tới máy chủ MQTT: {what}</translation>
        </message>
        <message>
            <source>raise “{text}”</source>
            <translation>báo động “{text}”</translation>
        </message>
        <message>
            <source>raises alarms</source>
            <translation>phát báo động</translation>
        </message>
        <message>
            <source>ran too long</source>
            <translation>chạy quá lâu</translation>
        </message>
        <message>
            <source>ran within</source>
            <translation>đã chạy trong vòng</translation>
        </message>
        <message>
            <source>ran {runs} of at most {most} times in the last hour</source>
            <translation>đã chạy {runs}/{most} lần trong một giờ qua</translation>
        </message>
        <message>
            <source>ran {runs} of at most {most} times in this stream</source>
            <translation>đã chạy {runs}/{most} lần trong buổi LIVE này</translation>
        </message>
        <message>
            <source>reached at {time}</source>
            <translation>đạt lúc {time}</translation>
        </message>
        <message>
            <source>reads texts aloud</source>
            <translation>đọc to nội dung</translation>
        </message>
        <message>
            <source>red</source>
            <translation>đỏ</translation>
        </message>
        <message>
            <source>replace what runs</source>
            <translation>thay lệnh đang chạy</translation>
        </message>
        <message>
            <source>replay</source>
            <translation>phát lại</translation>
        </message>
        <message>
            <source>rises above</source>
            <translation>vượt quá</translation>
        </message>
        <message>
            <source>rises to</source>
            <translation>tăng đến</translation>
        </message>
        <message>
            <source>round {n} of {total}</source>
            <translation>vòng {n}/{total}</translation>
        </message>
        <message>
            <source>rounds</source>
            <translation>vòng</translation>
        </message>
        <message>
            <source>rounds at</source>
            <translation>vòng ở</translation>
        </message>
        <message>
            <source>rules are paused</source>
            <translation>các quy tắc đang tạm dừng</translation>
        </message>
        <message>
            <source>rules may start one another {most} deep at most</source>
            <translation>các quy tắc chỉ được gọi nhau tối đa {most} tầng</translation>
        </message>
        <message>
            <source>rules paused</source>
            <translation>tạm dừng quy tắc</translation>
        </message>
        <message>
            <source>rules started one another too deep</source>
            <translation>các quy tắc gọi nhau quá nhiều tầng</translation>
        </message>
        <message>
            <source>run beside it</source>
            <translation>chạy song song</translation>
        </message>
        <message>
            <source>run one after the other</source>
            <translation>chạy lần lượt</translation>
        </message>
        <message>
            <source>s</source>
            <translation>giây</translation>
        </message>
        <message>
            <source>sACN (E1.31)</source>
            <translation>sACN (E1.31)</translation>
        </message>
        <message>
            <source>same</source>
            <translation>như nhau</translation>
        </message>
        <message>
            <source>say “{text}”</source>
            <translation>đọc “{text}”</translation>
        </message>
        <message>
            <source>sends requests to an address that you give</source>
            <translation>gửi yêu cầu tới địa chỉ bạn nhập</translation>
        </message>
        <message>
            <source>sends requests to {what}</source>
            <translation>gửi yêu cầu tới {what}</translation>
        </message>
        <message>
            <source>sent too much at once</source>
            <translation>gửi quá nhiều một lúc</translation>
        </message>
        <message>
            <source>sent {gift}</source>
            <translation>tặng {gift}</translation>
        </message>
        <message>
            <source>sent {gift} ×{count}</source>
            <translation>tặng {gift} ×{count}</translation>
        </message>
        <message>
            <source>serious</source>
            <translation>nghiêm trọng</translation>
        </message>
        <message>
            <source>set</source>
            <translation>đã đặt</translation>
        </message>
        <message>
            <source>shared the LIVE</source>
            <translation>chia sẻ buổi LIVE</translation>
        </message>
        <message numerus="yes">
            <source>shared the LIVE %Ln time(s)</source>
            <translation>
                <numerusform>chia sẻ buổi LIVE %Ln lần</numerusform>
            </translation>
        </message>
        <message>
            <source>shines</source>
            <translation>sáng</translation>
        </message>
        <message>
            <source>show</source>
            <translation>hiện</translation>
        </message>
        <message>
            <source>show a colour</source>
            <translation>hiện một màu</translation>
        </message>
        <message>
            <source>show “{source}”</source>
            <translation>hiện “{source}”</translation>
        </message>
        <message>
            <source>show “{text}” for {length}</source>
            <translation>hiện “{text}” trong {length}</translation>
        </message>
        <message>
            <source>shows texts on your overlay</source>
            <translation>hiện chữ trên màn hình LIVE</translation>
        </message>
        <message>
            <source>shows you notifications</source>
            <translation>hiện thông báo cho bạn</translation>
        </message>
        <message>
            <source>skipped</source>
            <translation>bỏ qua</translation>
        </message>
        <message>
            <source>small, 1 to 9 coins</source>
            <translation>nhỏ, 1 đến 9 xu</translation>
        </message>
        <message>
            <source>something in it is not set yet</source>
            <translation>có phần chưa được đặt giá trị</translation>
        </message>
        <message>
            <source>something with {wanted}</source>
            <translation>có chứa {wanted}</translation>
        </message>
        <message>
            <source>sounds</source>
            <translation>âm thanh</translation>
        </message>
        <message>
            <source>sounds are taken from the folder of sounds only</source>
            <translation>chỉ lấy âm thanh trong thư mục âm thanh</translation>
        </message>
        <message>
            <source>speaks another MQTT than 3.1.1</source>
            <translation>dùng MQTT khác 3.1.1</translation>
        </message>
        <message>
            <source>spoken texts</source>
            <translation>câu đọc</translation>
        </message>
        <message>
            <source>start over</source>
            <translation>chạy lại từ đầu</translation>
        </message>
        <message>
            <source>started by the rule {rule}</source>
            <translation>do quy tắc {rule} gọi</translation>
        </message>
        <message>
            <source>starts off</source>
            <translation>tắt lúc đầu</translation>
        </message>
        <message>
            <source>starts on</source>
            <translation>bật sẵn</translation>
        </message>
        <message>
            <source>starts the rule {rule}</source>
            <translation>chạy quy tắc {rule}</translation>
        </message>
        <message>
            <source>subscribed</source>
            <translation>đã đăng ký</translation>
        </message>
        <message numerus="yes">
            <source>subscribed for %Ln month(s)</source>
            <translation>
                <numerusform>đã đăng ký %Ln tháng</numerusform>
            </translation>
        </message>
        <message>
            <source>switch off</source>
            <translation>tắt</translation>
        </message>
        <message>
            <source>switch on</source>
            <translation>bật</translation>
        </message>
        <message>
            <source>switch to the scene “{scene}”</source>
            <translation>chuyển sang cảnh “{scene}”</translation>
        </message>
        <message>
            <source>switches OBS: {what}</source>
            <translation>chuyển OBS: {what}</translation>
        </message>
        <message>
            <source>takes branch {branch}</source>
            <translation>theo nhánh {branch}</translation>
        </message>
        <message>
            <source>takes its messages too slowly</source>
            <translation>nhận tin quá chậm</translation>
        </message>
        <message>
            <source>tell “{text}”</source>
            <translation>báo “{text}”</translation>
        </message>
        <message>
            <source>texts on the overlay</source>
            <translation>chữ trên màn hình LIVE</translation>
        </message>
        <message>
            <source>the combo went on</source>
            <translation>combo còn tiếp</translation>
        </message>
        <message>
            <source>the cooldown of {cooldown_s} is over</source>
            <translation>đã nghỉ đủ {cooldown_s}</translation>
        </message>
        <message>
            <source>the device cannot do this</source>
            <translation>thiết bị không làm được việc này</translation>
        </message>
        <message>
            <source>the device did not answer</source>
            <translation>thiết bị không trả lời</translation>
        </message>
        <message>
            <source>the device failed</source>
            <translation>thiết bị lỗi</translation>
        </message>
        <message>
            <source>the device is cooling down</source>
            <translation>thiết bị đang nghỉ</translation>
        </message>
        <message>
            <source>the device is missing</source>
            <translation>thiếu thiết bị</translation>
        </message>
        <message>
            <source>the device is offline</source>
            <translation>thiết bị mất kết nối</translation>
        </message>
        <message>
            <source>the device needs a rest</source>
            <translation>thiết bị cần nghỉ</translation>
        </message>
        <message>
            <source>the device refused</source>
            <translation>thiết bị từ chối</translation>
        </message>
        <message>
            <source>the device rested</source>
            <translation>thiết bị đang nghỉ</translation>
        </message>
        <message>
            <source>the device was busy</source>
            <translation>thiết bị đang bận</translation>
        </message>
        <message>
            <source>the device was unplugged</source>
            <translation>thiết bị đã bị rút ra</translation>
        </message>
        <message>
            <source>the file cannot be read at line {line}, column {column}</source>
            <translation>không đọc được tệp ở dòng {line}, cột {column}</translation>
        </message>
        <message>
            <source>the file does not say which version it is</source>
            <translation>tệp không ghi phiên bản</translation>
        </message>
        <message>
            <source>the file holds something unreadable</source>
            <translation>tệp chứa nội dung không đọc được</translation>
        </message>
        <message>
            <source>the file is far too large</source>
            <translation>tệp quá lớn</translation>
        </message>
        <message>
            <source>the file is of version {found}, this program knows up to {known}</source>
            <translation>tệp thuộc phiên bản {found}, chương trình này chỉ biết đến {known}</translation>
        </message>
        <message>
            <source>the file of version {found} could not be brought up to date ({detail})</source>
            <translation>không nâng cấp được tệp phiên bản {found} ({detail})</translation>
        </message>
        <message>
            <source>the first of its kind</source>
            <translation>thiết bị đầu tiên thuộc loại này</translation>
        </message>
        <message>
            <source>the formula “{formula}” does not work: {fault}</source>
            <translation>công thức “{formula}” không tính được: {fault}</translation>
        </message>
        <message>
            <source>the formula “{formula}” needs “{name}”, which nothing has set</source>
            <translation>công thức “{formula}” cần “{name}” nhưng chưa có giá trị</translation>
        </message>
        <message>
            <source>the gift's name</source>
            <translation>tên món quà</translation>
        </message>
        <message>
            <source>the id {id} is used twice</source>
            <translation>mã {id} bị dùng hai lần</translation>
        </message>
        <message>
            <source>the limit of {most} per hour is reached</source>
            <translation>đã đủ {most} lần trong một giờ</translation>
        </message>
        <message>
            <source>the limit of {most} per stream is reached</source>
            <translation>đã đủ {most} lần cho một buổi LIVE</translation>
        </message>
        <message>
            <source>the limit per hour was reached</source>
            <translation>đã đủ số lần trong một giờ</translation>
        </message>
        <message>
            <source>the limit per stream was reached</source>
            <translation>đã đủ số lần cho một buổi LIVE</translation>
        </message>
        <message>
            <source>the name leads into your own network; if you mean that, write the number</source>
            <translation>tên này dẫn vào mạng riêng của bạn; nếu đúng ý bạn, hãy ghi địa chỉ bằng số</translation>
        </message>
        <message>
            <source>the number is too large</source>
            <translation>số quá lớn</translation>
        </message>
        <message>
            <source>the pattern is not finished at “{part}”</source>
            <translation>mẫu tìm chưa hoàn chỉnh ở “{part}”</translation>
        </message>
        <message>
            <source>the power supply does not give that much at once</source>
            <translation>nguồn điện không đủ cho nhiều thứ cùng lúc</translation>
        </message>
        <message>
            <source>the rule is for something else</source>
            <translation>quy tắc dành cho việc khác</translation>
        </message>
        <message>
            <source>the rule is on</source>
            <translation>quy tắc đang bật</translation>
        </message>
        <message>
            <source>the rule is turned off</source>
            <translation>quy tắc đang tắt</translation>
        </message>
        <message>
            <source>the rule was deleted</source>
            <translation>quy tắc đã bị xóa</translation>
        </message>
        <message>
            <source>the run ends here</source>
            <translation>lần chạy kết thúc tại đây</translation>
        </message>
        <message>
            <source>the same as count</source>
            <translation>giống như count</translation>
        </message>
        <message>
            <source>the sender's fan level</source>
            <translation>cấp fan của người gửi</translation>
        </message>
        <message>
            <source>the sender's gifter level</source>
            <translation>cấp tặng quà của người gửi</translation>
        </message>
        <message>
            <source>the sender's name</source>
            <translation>tên người gửi</translation>
        </message>
        <message>
            <source>the sender's user name</source>
            <translation>tên người dùng của người gửi</translation>
        </message>
        <message>
            <source>the upper end {most} is below the lower end {least}</source>
            <translation>mức trên {most} nhỏ hơn mức dưới {least}</translation>
        </message>
        <message>
            <source>the variable “{variable}” stays as it is: {fault}</source>
            <translation>biến “{variable}” giữ nguyên: {fault}</translation>
        </message>
        <message>
            <source>the whole combo so far; for likes, all likes of the stream</source>
            <translation>cả combo tới lúc này; với lượt thích là tổng của buổi LIVE</translation>
        </message>
        <message>
            <source>there are spaces or signs in it that no address has</source>
            <translation>có khoảng trắng hoặc ký tự mà địa chỉ không thể có</translation>
        </message>
        <message>
            <source>there are too many variables</source>
            <translation>có quá nhiều biến</translation>
        </message>
        <message>
            <source>there is no device for it</source>
            <translation>không có thiết bị phù hợp</translation>
        </message>
        <message>
            <source>there is no device for this: {device}</source>
            <translation>không có thiết bị phù hợp: {device}</translation>
        </message>
        <message>
            <source>there is no group {id}</source>
            <translation>không có nhóm {id}</translation>
        </message>
        <message>
            <source>there is no rule {id}</source>
            <translation>không có quy tắc {id}</translation>
        </message>
        <message>
            <source>there is no such rule: {rule}</source>
            <translation>không có quy tắc này: {rule}</translation>
        </message>
        <message>
            <source>there is nothing set aside at this place</source>
            <translation>không có mục nào bị tách riêng ở chỗ này</translation>
        </message>
        <message>
            <source>there is room for {most} groups: delete some first</source>
            <translation>chỉ chứa được {most} nhóm: hãy xóa bớt trước</translation>
        </message>
        <message>
            <source>there is room for {most} rules: delete some, or put some into another profile</source>
            <translation>chỉ chứa được {most} quy tắc: hãy xóa bớt hoặc chuyển bớt sang bộ quy tắc khác</translation>
        </message>
        <message>
            <source>this begins like JSON but is not correct; put quotes round each text</source>
            <translation>nội dung bắt đầu giống JSON nhưng không đúng; hãy đặt mỗi đoạn chữ trong dấu ngoặc kép</translation>
        </message>
        <message>
            <source>this change is not known to this version</source>
            <translation>phiên bản này không biết thay đổi này</translation>
        </message>
        <message>
            <source>this character cannot stand in a topic</source>
            <translation>ký tự này không được có trong chủ đề</translation>
        </message>
        <message>
            <source>this formula is too complicated</source>
            <translation>công thức này quá phức tạp</translation>
        </message>
        <message>
            <source>this is missing</source>
            <translation>thiếu mục này</translation>
        </message>
        <message>
            <source>this is not a file of rules</source>
            <translation>đây không phải tệp quy tắc</translation>
        </message>
        <message>
            <source>this is not the name of a sound</source>
            <translation>đây không phải tên âm thanh</translation>
        </message>
        <message>
            <source>this is not written as it should be</source>
            <translation>viết chưa đúng dạng</translation>
        </message>
        <message>
            <source>this pattern is too complicated</source>
            <translation>mẫu tìm này quá phức tạp</translation>
        </message>
        <message>
            <source>this should be written in braces</source>
            <translation>mục này phải viết trong ngoặc nhọn</translation>
        </message>
        <message>
            <source>this should be written in braces, with a key</source>
            <translation>mục này phải viết trong ngoặc nhọn, có “key”</translation>
        </message>
        <message>
            <source>this version does not know this field</source>
            <translation>phiên bản này không biết mục này</translation>
        </message>
        <message>
            <source>this viewer's cooldown of {cooldown_s} is over</source>
            <translation>đã cách lần trước của người xem này đủ {cooldown_s}</translation>
        </message>
        <message>
            <source>times</source>
            <translation>lần</translation>
        </message>
        <message>
            <source>too few coins</source>
            <translation>quá ít xu</translation>
        </message>
        <message>
            <source>too many runs at once</source>
            <translation>quá nhiều lần chạy cùng lúc</translation>
        </message>
        <message>
            <source>too many steps</source>
            <translation>quá nhiều bước</translation>
        </message>
        <message>
            <source>too many things are inside one another here</source>
            <translation>có quá nhiều lớp lồng nhau ở đây</translation>
        </message>
        <message>
            <source>too many were waiting</source>
            <translation>có quá nhiều lệnh đang chờ</translation>
        </message>
        <message>
            <source>too soon after the last one</source>
            <translation>quá sát lần trước</translation>
        </message>
        <message>
            <source>treats these people apart: {what}</source>
            <translation>đối xử riêng với: {what}</translation>
        </message>
        <message>
            <source>turn at {rpm} RPM</source>
            <translation>quay ở {rpm} vòng/phút</translation>
        </message>
        <message>
            <source>turn off</source>
            <translation>tắt</translation>
        </message>
        <message>
            <source>turn on</source>
            <translation>bật</translation>
        </message>
        <message>
            <source>turns for a time</source>
            <translation>quay một lúc</translation>
        </message>
        <message>
            <source>turns off the rule {rule}</source>
            <translation>tắt quy tắc {rule}</translation>
        </message>
        <message>
            <source>turns on the rule {rule}</source>
            <translation>bật quy tắc {rule}</translation>
        </message>
        <message>
            <source>turns rounds</source>
            <translation>quay số vòng</translation>
        </message>
        <message>
            <source>unfolded</source>
            <translation>đang mở</translation>
        </message>
        <message>
            <source>until another LIVE begins</source>
            <translation>đến khi buổi LIVE khác bắt đầu</translation>
        </message>
        <message>
            <source>up to {n}</source>
            <translation>tối đa {n}</translation>
        </message>
        <message>
            <source>used by {rules}</source>
            <translation>dùng trong {rules}</translation>
        </message>
        <message>
            <source>viewers</source>
            <translation>người xem</translation>
        </message>
        <message>
            <source>violet</source>
            <translation>tím</translation>
        </message>
        <message>
            <source>wait in line</source>
            <translation>xếp hàng</translation>
        </message>
        <message>
            <source>waited too long for its turn</source>
            <translation>chờ đến lượt quá lâu</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>đang chờ</translation>
        </message>
        <message>
            <source>waiting for the combo to end, {total} so far</source>
            <translation>chờ combo kết thúc, đã có {total}</translation>
        </message>
        <message>
            <source>waits for its turn, {place} in line</source>
            <translation>chờ đến lượt, thứ {place} trong hàng</translation>
        </message>
        <message>
            <source>wants too many connections</source>
            <translation>mở quá nhiều kết nối</translation>
        </message>
        <message>
            <source>was refused</source>
            <translation>đã bị từ chối</translation>
        </message>
        <message>
            <source>was {before}</source>
            <translation>trước {before}</translation>
        </message>
        <message>
            <source>web requests</source>
            <translation>yêu cầu web</translation>
        </message>
        <message>
            <source>what it may use is used up</source>
            <translation>đã dùng hết mức cho phép</translation>
        </message>
        <message>
            <source>what rules publish</source>
            <translation>tin do quy tắc gửi</translation>
        </message>
        <message>
            <source>what the sender wrote</source>
            <translation>người gửi đã viết gì</translation>
        </message>
        <message>
            <source>white</source>
            <translation>trắng</translation>
        </message>
        <message numerus="yes">
            <source>with %Ln rule(s)</source>
            <translation>
                <numerusform>cùng %Ln quy tắc</numerusform>
            </translation>
        </message>
        <message>
            <source>write a list here</source>
            <translation>hãy ghi danh sách ở đây</translation>
        </message>
        <message>
            <source>write a number here</source>
            <translation>hãy ghi số ở đây</translation>
        </message>
        <message>
            <source>write a number or a formula such as coins * count</source>
            <translation>hãy ghi một số hoặc công thức như coins * count</translation>
        </message>
        <message>
            <source>write a text here</source>
            <translation>hãy ghi chữ ở đây</translation>
        </message>
        <message>
            <source>write a whole number here</source>
            <translation>hãy ghi số nguyên ở đây</translation>
        </message>
        <message>
            <source>write an ordinary number here</source>
            <translation>hãy ghi số bình thường ở đây</translation>
        </message>
        <message>
            <source>write true or false here</source>
            <translation>hãy ghi true hoặc false ở đây</translation>
        </message>
        <message>
            <source>write “{text}”</source>
            <translation>ghi “{text}”</translation>
        </message>
        <message>
            <source>writes to your own log</source>
            <translation>ghi vào nhật ký của bạn</translation>
        </message>
        <message>
            <source>wrote “{text}”</source>
            <translation>viết “{text}”</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>đúng</translation>
        </message>
        <message>
            <source>you lose</source>
            <translation>bạn thua</translation>
        </message>
        <message>
            <source>you skipped it</source>
            <translation>bạn đã bỏ qua</translation>
        </message>
        <message>
            <source>you win</source>
            <translation>bạn thắng</translation>
        </message>
        <message>
            <source>your user name, for example linh.live</source>
            <translation>tên người dùng, ví dụ linh.live</translation>
        </message>
        <message>
            <source>{address} · since {time} · {heard} messages from it, {sent} to it</source>
            <translation>{address} · từ {time} · nhận {heard} tin, gửi {sent} tin</translation>
        </message>
        <message>
            <source>{address}: {what}. {cure}</source>
            <translation>{address}: {what}. {cure}</translation>
        </message>
        <message>
            <source>{asked} is more than the device's limit of {most}; it will be cut down.</source>
            <translation>{asked} vượt giới hạn {most} của thiết bị nên sẽ bị giảm xuống.</translation>
        </message>
        <message>
            <source>{asked} of at most {most}</source>
            <translation>{asked}, tối đa {most}</translation>
        </message>
        <message>
            <source>{begin} to {end}</source>
            <translation>{begin} đến {end}</translation>
        </message>
        <message>
            <source>{counted}: {now} of {target}</source>
            <translation>{counted}: {now}/{target}</translation>
        </message>
        <message>
            <source>{count} · by {author}</source>
            <translation>{count} · của {author}</translation>
        </message>
        <message>
            <source>{count} · off</source>
            <translation>{count} · tắt</translation>
        </message>
        <message>
            <source>{count} · {on} on</source>
            <translation>{count} · bật {on}</translation>
        </message>
        <message>
            <source>{device} (offline)</source>
            <translation>{device} (mất kết nối)</translation>
        </message>
        <message>
            <source>{device} cannot do this, but {fitting} can.</source>
            <translation>{device} không làm được việc này, nhưng {fitting} làm được.</translation>
        </message>
        <message>
            <source>{device} cannot do this. Choose another device.</source>
            <translation>{device} không làm được việc này. Hãy chọn thiết bị khác.</translation>
        </message>
        <message>
            <source>{device} goes in as “{what}”: others choose their own</source>
            <translation>{device} được ghi là “{what}”: người khác chọn thiết bị của họ</translation>
        </message>
        <message>
            <source>{device} has no output “{output}” that can do this.</source>
            <translation>{device} không có đầu ra “{output}” làm được việc này.</translation>
        </message>
        <message>
            <source>{device} is missing</source>
            <translation>Thiếu {device}</translation>
        </message>
        <message>
            <source>{device} is offline now, so this would not reach it.</source>
            <translation>{device} đang mất kết nối nên lệnh này sẽ không tới được.</translation>
        </message>
        <message>
            <source>{device} rests, {left_s} left</source>
            <translation>{device} đang nghỉ, còn {left_s}</translation>
        </message>
        <message>
            <source>{device} · {output}</source>
            <translation>{device} · {output}</translation>
        </message>
        <message>
            <source>{device}: {done}</source>
            <translation>{device}: {done}</translation>
        </message>
        <message>
            <source>{done} of {total}</source>
            <translation>{done}/{total}</translation>
        </message>
        <message>
            <source>{example} → {result}</source>
            <translation>{example} → {result}</translation>
        </message>
        <message>
            <source>{field} changed</source>
            <translation>Đã đổi {field}</translation>
        </message>
        <message>
            <source>{field}: {old} to {new}</source>
            <translation>{field}: từ {old} thành {new}</translation>
        </message>
        <message>
            <source>{file} could not be saved.</source>
            <translation>Không lưu được {file}.</translation>
        </message>
        <message>
            <source>{file} is not a recording of Giftwire.</source>
            <translation>{file} không phải là bản ghi của Giftwire.</translation>
        </message>
        <message>
            <source>{file} is saved again.</source>
            <translation>{file} đã lưu lại được.</translation>
        </message>
        <message>
            <source>{file} was damaged and there is no good copy.</source>
            <translation>{file} bị hỏng và không có bản sao tốt.</translation>
        </message>
        <message>
            <source>{file} was damaged, so the last good copy is used.</source>
            <translation>{file} bị hỏng nên bản sao tốt gần nhất được dùng.</translation>
        </message>
        <message>
            <source>{file} was edited outside while it was changed here.</source>
            <translation>{file} bị sửa bên ngoài trong lúc đang được thay đổi ở đây.</translation>
        </message>
        <message>
            <source>{file} was gone, so the last good copy is used.</source>
            <translation>{file} bị mất nên bản sao tốt gần nhất được dùng.</translation>
        </message>
        <message>
            <source>{file} was written by a newer Giftwire.</source>
            <translation>{file} được ghi bởi bản Giftwire mới hơn.</translation>
        </message>
        <message>
            <source>{folder} cannot be used as the Giftwire folder.</source>
            <translation>Không dùng được {folder} làm thư mục của Giftwire.</translation>
        </message>
        <message>
            <source>{gate}: {why}</source>
            <translation>{gate}: {why}</translation>
        </message>
        <message>
            <source>{gift} added to {rule}</source>
            <translation>Đã thêm {gift} vào {rule}</translation>
        </message>
        <message>
            <source>{gift} is new: {price}</source>
            <translation>Quà mới: {gift}, {price}</translation>
        </message>
        <message>
            <source>{gift} of {who} is forgotten.</source>
            <translation>Đã bỏ qua {gift} của {who}.</translation>
        </message>
        <message>
            <source>{gift} · {price}</source>
            <translation>{gift} · {price}</translation>
        </message>
        <message>
            <source>{gift} × {count}</source>
            <translation>{gift} × {count}</translation>
        </message>
        <message>
            <source>{given}. Likes and joins are in it only where rules used them.</source>
            <translation>{given}. Lượt thích và lượt vào xem chỉ có khi quy tắc dùng đến.</translation>
        </message>
        <message>
            <source>{good} of the last {all} commands were confirmed.</source>
            <translation>{good} trong {all} lệnh gần nhất được xác nhận.</translation>
        </message>
        <message>
            <source>{host} (as for {names})</source>
            <translation>{host} (như của {names})</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>{h} giờ {m} phút</translation>
        </message>
        <message>
            <source>{keys}: {why}</source>
            <translation>{keys}: {why}</translation>
        </message>
        <message>
            <source>{leds} LEDs are too many for this speed: STOP would be late. Raise the speed.</source>
            <translation>{leds} LED là quá nhiều với tốc độ này: DỪNG sẽ đến chậm. Hãy tăng tốc độ.</translation>
        </message>
        <message>
            <source>{left} of {full} shots left</source>
            <translation>Còn {left} trên {full} phát</translation>
        </message>
        <message>
            <source>{length} of a stream, {pace}</source>
            <translation>{length} của một buổi LIVE, {pace}</translation>
        </message>
        <message>
            <source>{length}, {given}. Likes and joins are in it only where rules used them.</source>
            <translation>{length}, {given}. Lượt thích và lượt vào xem chỉ có khi quy tắc dùng đến.</translation>
        </message>
        <message>
            <source>{max_length} characters at most</source>
            <translation>tối đa {max_length} ký tự</translation>
        </message>
        <message>
            <source>{max_length} entries at most</source>
            <translation>tối đa {max_length} mục</translation>
        </message>
        <message>
            <source>{method} {url}</source>
            <translation>{method} {url}</translation>
        </message>
        <message>
            <source>{most} runs are waiting or running already</source>
            <translation>đã có {most} lần đang chạy hoặc chờ</translation>
        </message>
        <message>
            <source>{m} min {s} s</source>
            <translation>{m} phút {s} giây</translation>
        </message>
        <message>
            <source>{names} did not confirm: check it yourself.</source>
            <translation>{names} chưa xác nhận: hãy tự kiểm tra.</translation>
        </message>
        <message>
            <source>{name} can hurt</source>
            <translation>{name} có thể gây đau</translation>
        </message>
        <message>
            <source>{name} can only end by itself if its command says when, by ms or s in braces.</source>
            <translation>{name} chỉ tự dừng được nếu lệnh có thời gian: ms hoặc s trong ngoặc nhọn.</translation>
        </message>
        <message>
            <source>{name} deleted</source>
            <translation>Đã xóa {name}</translation>
        </message>
        <message>
            <source>{name} does its work meanwhile.</source>
            <translation>{name} đang làm thay.</translation>
        </message>
        <message>
            <source>{name} has logged in from {address}, but does not answer yet. If that stays: check its topic.</source>
            <translation>{name} đã đăng nhập từ {address} nhưng chưa trả lời. Nếu vẫn vậy: hãy kiểm tra chủ đề của nó.</translation>
        </message>
        <message>
            <source>{name} has other hardware now.</source>
            <translation>{name} đã có phần cứng khác.</translation>
        </message>
        <message>
            <source>{name} in braces means nothing here. What fits: {fits}</source>
            <translation>{name} trong ngoặc nhọn không có nghĩa ở đây. Dùng được: {fits}</translation>
        </message>
        <message>
            <source>{name} is connected.</source>
            <translation>{name} đã kết nối.</translation>
        </message>
        <message>
            <source>{name} is here and answers.</source>
            <translation>{name} đã có mặt và trả lời.</translation>
        </message>
        <message>
            <source>{name} is not armed</source>
            <translation>{name} đang khóa</translation>
        </message>
        <message>
            <source>{name} is number {n} of {all}</source>
            <translation>{name} đứng thứ {n} trên {all}</translation>
        </message>
        <message>
            <source>{name} is number {n} of {all}, in group {group}</source>
            <translation>{name} đứng thứ {n} trên {all}, trong nhóm {group}</translation>
        </message>
        <message>
            <source>{name} is offline</source>
            <translation>{name} mất kết nối</translation>
        </message>
        <message>
            <source>{name} limited from {asked} to {allowed}</source>
            <translation>{name} giảm từ {asked} xuống {allowed}</translation>
        </message>
        <message>
            <source>{name} moved</source>
            <translation>Đã chuyển {name}</translation>
        </message>
        <message>
            <source>{name} needs a command that switches it off.</source>
            <translation>{name} cần có lệnh tắt.</translation>
        </message>
        <message>
            <source>{name} needs {least} to {most} values, separated by commas</source>
            <translation>{name} cần {least} đến {most} giá trị, cách nhau bằng dấu phẩy</translation>
        </message>
        <message>
            <source>{name} off</source>
            <translation>Tắt {name}</translation>
        </message>
        <message>
            <source>{name} on</source>
            <translation>Bật {name}</translation>
        </message>
        <message>
            <source>{name} was added.</source>
            <translation>Đã thêm {name}.</translation>
        </message>
        <message>
            <source>{name} was not opened. {why}</source>
            <translation>Không mở được {name}. {why}</translation>
        </message>
        <message>
            <source>{name} was pressed at {time}.</source>
            <translation>Đã bấm {name} lúc {time}.</translation>
        </message>
        <message>
            <source>{name} was removed.</source>
            <translation>Đã xóa {name}.</translation>
        </message>
        <message>
            <source>{name} was saved.</source>
            <translation>Đã lưu {name}.</translation>
        </message>
        <message>
            <source>{name}: {count} added, still off.</source>
            <translation>{name}: đã thêm {count}, đang tắt.</translation>
        </message>
        <message>
            <source>{name}: {count} added.</source>
            <translation>{name}: đã thêm {count}.</translation>
        </message>
        <message>
            <source>{name}: {now}</source>
            <translation>{name}: {now}</translation>
        </message>
        <message>
            <source>{name}: {now}, before {before}</source>
            <translation>{name}: {now}, trước là {before}</translation>
        </message>
        <message>
            <source>{now} (was {before})</source>
            <translation>{now} (trước là {before})</translation>
        </message>
        <message>
            <source>{n} MB</source>
            <translation>{n} MB</translation>
        </message>
        <message>
            <source>{n} RPM</source>
            <translation>{n} vòng/phút</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} giờ</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} phút</translation>
        </message>
        <message>
            <source>{n} ms</source>
            <translation>{n} ms</translation>
        </message>
        <message>
            <source>{n} not done</source>
            <translation>{n} không làm</translation>
        </message>
        <message>
            <source>{n} not listed</source>
            <translation>{n} dòng không hiện</translation>
        </message>
        <message>
            <source>{n} of {all}</source>
            <translation>{n}/{all}</translation>
        </message>
        <message>
            <source>{n} of {all} goals reached</source>
            <translation>đạt {n}/{all} mục tiêu</translation>
        </message>
        <message>
            <source>{n} rounds at {rpm} RPM</source>
            <translation>{n} vòng ở {rpm} vòng/phút</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} giây</translation>
        </message>
        <message>
            <source>{n} shown, that is all</source>
            <translation>{n} mục, đã hết</translation>
        </message>
        <message>
            <source>{n} shown; older ones come as you scroll</source>
            <translation>{n} mục; cuộn xuống để xem quà cũ hơn</translation>
        </message>
        <message>
            <source>{n} waiting</source>
            <translation>{n} đang chờ</translation>
        </message>
        <message>
            <source>{n} × {why}</source>
            <translation>{n} × {why}</translation>
        </message>
        <message>
            <source>{n}. {step}</source>
            <translation>{n}. {step}</translation>
        </message>
        <message>
            <source>{one} never with {other}</source>
            <translation>{one} không cùng lúc với {other}</translation>
        </message>
        <message>
            <source>{on} of {total} on</source>
            <translation>Đang bật {on}/{total}</translation>
        </message>
        <message>
            <source>{part} added</source>
            <translation>Đã thêm {part}</translation>
        </message>
        <message>
            <source>{part} copied</source>
            <translation>Đã sao chép {part}</translation>
        </message>
        <message>
            <source>{part} duplicated</source>
            <translation>Đã nhân bản {part}</translation>
        </message>
        <message>
            <source>{part} moved</source>
            <translation>Đã chuyển {part}</translation>
        </message>
        <message>
            <source>{part} off</source>
            <translation>Đã tắt {part}</translation>
        </message>
        <message>
            <source>{part} on</source>
            <translation>Đã bật {part}</translation>
        </message>
        <message>
            <source>{part} removed</source>
            <translation>Đã xóa {part}</translation>
        </message>
        <message>
            <source>{part} ungrouped</source>
            <translation>Đã bỏ nhóm {part}</translation>
        </message>
        <message>
            <source>{part}, {n} of {total}</source>
            <translation>{part}, {n}/{total}</translation>
        </message>
        <message>
            <source>{percent} %</source>
            <translation>{percent} %</translation>
        </message>
        <message>
            <source>{percent} % done</source>
            <translation>đã xong {percent} %</translation>
        </message>
        <message>
            <source>{profile}: these rules run now.</source>
            <translation>{profile}: các quy tắc này đang chạy.</translation>
        </message>
        <message>
            <source>{ran} of {looked}</source>
            <translation>{ran}/{looked}</translation>
        </message>
        <message>
            <source>{ready} of {total} devices</source>
            <translation>{ready}/{total} thiết bị</translation>
        </message>
        <message>
            <source>{ready} of {total} ready</source>
            <translation>{ready}/{total} sẵn sàng</translation>
        </message>
        <message>
            <source>{repeats} times</source>
            <translation>{repeats} lần</translation>
        </message>
        <message>
            <source>{rules} (off)</source>
            <translation>{rules} (tắt)</translation>
        </message>
        <message>
            <source>{rule} could not run: {why}</source>
            <translation>{rule} không chạy được: {why}</translation>
        </message>
        <message>
            <source>{rule} ran</source>
            <translation>{rule} đã chạy</translation>
        </message>
        <message>
            <source>{rule} skipped: {why}</source>
            <translation>Bỏ qua {rule}: {why}</translation>
        </message>
        <message>
            <source>{rule} takes no more gifts.</source>
            <translation>{rule} không nhận thêm quà nữa.</translation>
        </message>
        <message>
            <source>{rule} was cut off by STOP</source>
            <translation>{rule} bị DỪNG giữa chừng</translation>
        </message>
        <message>
            <source>{rule} → {device}: {done}</source>
            <translation>{rule} → {device}: {done}</translation>
        </message>
        <message>
            <source>{rule}: {why}</source>
            <translation>{rule}: {why}</translation>
        </message>
        <message>
            <source>{shown} of {count}</source>
            <translation>{shown}/{count}</translation>
        </message>
        <message>
            <source>{sound} was played.</source>
            <translation>Đã phát {sound}.</translation>
        </message>
        <message>
            <source>{stream}, compared with: {compared}</source>
            <translation>{stream}, so với: {compared}</translation>
        </message>
        <message>
            <source>{text}</source>
            <translation>{text}</translation>
        </message>
        <message>
            <source>{time} · {address}: {what}</source>
            <translation>{time} · {address}: {what}</translation>
        </message>
        <message>
            <source>{told} · may do everything</source>
            <translation>{told} · được làm mọi thứ</translation>
        </message>
        <message>
            <source>{used} of {most} until a service</source>
            <translation>{used} trên {most} đến kỳ bảo trì</translation>
        </message>
        <message>
            <source>{variable} is now {value}</source>
            <translation>{variable} bây giờ là {value}</translation>
        </message>
        <message>
            <source>{wanted} to {top}</source>
            <translation>{wanted} đến {top}</translation>
        </message>
        <message>
            <source>{what} into {group}</source>
            <translation>Chuyển {what} vào {group}</translation>
        </message>
        <message>
            <source>{what} is copied.</source>
            <translation>Đã sao chép {what}.</translation>
        </message>
        <message>
            <source>{what} {n}</source>
            <translation>{what} {n}</translation>
        </message>
        <message>
            <source>{what} · in line</source>
            <translation>{what} · đang xếp hàng</translation>
        </message>
        <message>
            <source>{what}, backwards</source>
            <translation>{what}, quay ngược</translation>
        </message>
        <message>
            <source>{what}, for {rule}</source>
            <translation>{what}, cho {rule}</translation>
        </message>
        <message>
            <source>{what}, {who}</source>
            <translation>{what}, {who}</translation>
        </message>
        <message>
            <source>{what}: not there yet</source>
            <translation>{what}: chưa có</translation>
        </message>
        <message>
            <source>{what}: not there yet; a practice one can stand in</source>
            <translation>{what}: chưa có; có thể dùng thiết bị giả lập</translation>
        </message>
        <message>
            <source>{what}: you have {device}</source>
            <translation>{what}: bạn có {device}</translation>
        </message>
        <message>
            <source>{what}: {why}</source>
            <translation>{what}: {why}</translation>
        </message>
        <message>
            <source>× a stream</source>
            <translation>lần mỗi buổi LIVE</translation>
        </message>
        <message>
            <source>× an hour</source>
            <translation>lần mỗi giờ</translation>
        </message>
        <message>
            <source>“Debug” also writes viewer names. Use it only to find a fault.</source>
            <translation>Mức “Debug” ghi cả tên người xem. Chỉ dùng khi cần tìm lỗi.</translation>
        </message>
        <message>
            <source>“{formula}” comes to zero for this rule, so the step does nothing.</source>
            <translation>“{formula}” luôn bằng 0 với quy tắc này nên bước không làm gì.</translation>
        </message>
        <message>
            <source>“{formula}” is not a formula. Example: coins * count</source>
            <translation>“{formula}” không phải công thức. Ví dụ: coins * count</translation>
        </message>
        <message>
            <source>“{keys}” is not a key combination. Example: Ctrl+Alt+F1</source>
            <translation>“{keys}” không phải phím tắt. Ví dụ: Ctrl+Alt+F1</translation>
        </message>
        <message>
            <source>“{key}” is not known to this version</source>
            <translation>phiên bản này không biết “{key}”</translation>
        </message>
        <message>
            <source>“{name}” cannot be a variable's name: one word of letters that means nothing else</source>
            <translation>“{name}” không thể là tên biến: cần một từ bằng chữ và chưa có nghĩa khác</translation>
        </message>
        <message>
            <source>“{name}” has a wrong password</source>
            <translation>“{name}” sai mật khẩu</translation>
        </message>
        <message>
            <source>“{name}” has no client id that can be used</source>
            <translation>“{name}” không có client id dùng được</translation>
        </message>
        <message>
            <source>“{name}” is not known here. Known: {known}</source>
            <translation>không có “{name}” ở đây. Có thể dùng: {known}</translation>
        </message>
        <message>
            <source>“{name}” is nothing we can switch. Write entities such as light.desk.</source>
            <translation>“{name}” không phải thứ bật tắt được. Hãy ghi thực thể như light.desk.</translation>
        </message>
        <message>
            <source>“{name}” is written twice in the same place of this file, so it is not opened. Ask for a new copy.</source>
            <translation>“{name}” xuất hiện hai lần ở cùng một chỗ nên tệp không được mở. Hãy xin bản khác.</translation>
        </message>
        <message>
            <source>“{name}” sends too much and is slowed down</source>
            <translation>“{name}” gửi quá nhiều và đang bị làm chậm lại</translation>
        </message>
        <message>
            <source>“{name}” used a topic that is not its own</source>
            <translation>“{name}” dùng chủ đề không phải của nó</translation>
        </message>
        <message>
            <source>“{name}” wants to speak at a topic that is not its own</source>
            <translation>“{name}” muốn gửi ở chủ đề không phải của nó</translation>
        </message>
        <message>
            <source>“{other}” runs first and keeps the device busy, so this one is skipped every time.</source>
            <translation>“{other}” chạy trước và làm thiết bị bận, nên quy tắc này luôn bị bỏ qua.</translation>
        </message>
        <message>
            <source>“{part}” is not possible in a pattern here</source>
            <translation>không dùng được “{part}” trong mẫu tìm</translation>
        </message>
        <message>
            <source>“{part}”: at most {most} times, the lower number first</source>
            <translation>“{part}”: tối đa {most} lần, số nhỏ đứng trước</translation>
        </message>
        <message>
            <source>“{role}” is asked for as something that cannot do this.</source>
            <translation>“{role}” được khai báo là thiết bị không làm được việc này.</translation>
        </message>
        <message>
            <source>“{url}” is not an address. An address begins with https:// or http://</source>
            <translation>“{url}” không phải địa chỉ. Địa chỉ bắt đầu bằng https:// hoặc http://</translation>
        </message>
        <message>
            <source>→ to the device, ← from it. Passwords and keys are left out.</source>
            <translation>→ gửi tới thiết bị, ← nhận về. Không ghi mật khẩu và khóa.</translation>
        </message>
    </context>
</TS>

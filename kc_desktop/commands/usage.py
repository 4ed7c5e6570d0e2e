"""What kc-desktop --help says."""

USAGE = """KC Desktop – quản lý khuyến công

kc-desktop [TỆP.kcdb]                                  mở cửa sổ chương trình
kc-desktop --sample                                    mở cửa sổ trên dữ liệu mẫu
kc-desktop sample TỆP.kcdb                             ghi tệp dữ liệu mẫu
kc-desktop list BẢNG --data TỆP [--json]               liệt kê số và tên các bản ghi
kc-desktop balance --data TỆP --year NĂM [--by XẾP_THEO] [--json]   bảng cân đối kinh phí của một năm
kc-desktop papers [--json]                             các loại giấy tờ và bản ghi mỗi loại cần
kc-desktop print LOẠI SỐ --data TỆP --to RA.pdf|RA.docx   in một giấy tờ ra tệp
kc-desktop print LOẠI SỐ --data TỆP --each --to THƯ_MỤC [--format pdf|docx]   mỗi người, mỗi nội dung một tệp
kc-desktop print LOẠI SỐ --data TỆP --each --to RA.pdf|RA.docx   đủ các bản đó trong một tệp
kc-desktop report NĂM --data TỆP --to RA.pdf|RA.docx [--period KỲ]   báo cáo tổng kết năm, sơ kết một kỳ
kc-desktop report NĂM … [--from NGÀY] [--until NGÀY]   sơ kết từ ngày đến ngày (15/3), từ tháng đến tháng (3) trong năm
kc-desktop report NĂM-NĂM --data TỆP --to RA.pdf|RA.docx   báo cáo tổng kết nhiều năm, ví dụ 2021-2025
kc-desktop calendar --data TỆP --to RA.ics             xuất cuộc họp, hạn việc và thời hạn ra tệp lịch
kc-desktop export BẢNG --data TỆP --to RA.xlsx [--year NĂM]   xuất một danh sách ra Excel
kc-desktop export BẢNG --data TỆP --to RA.xlsx --form MẪU_BIỂU [--year NĂM]   điền vào mẫu biểu của đơn vị
kc-desktop export all --data TỆP --to THƯ_MỤC          xuất toàn bộ dữ liệu, mỗi mảng một tệp Excel
kc-desktop import BẢNG TỆP --data TỆP.kcdb [--dry-run] [--errors LỖI.xlsx] [--json]   nhập từ bảng tính
kc-desktop guide [--keys] --to RA.pdf                   ghi sách hướng dẫn, hoặc bảng phím tắt, ra tệp PDF
kc-desktop check TỆP                                   kiểm tra tệp; mã thoát 0 khi tốt, 1 khi có lỗi
kc-desktop backup --data TỆP [--to THƯ_MỤC]            sao lưu tệp và kiểm tra bản sao lưu
kc-desktop restore BẢN_SAO_LƯU --data TỆP              phục hồi tệp từ một bản sao lưu
kc-desktop update BỘ_CÀI_ĐẶT [--data TỆP]              sao lưu tệp rồi cài bản mới hơn (Windows)
kc-desktop self-test                                   tự kiểm tra bản cài đặt
kc-desktop --version                                   xem phiên bản
"""
